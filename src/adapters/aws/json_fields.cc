#include "aws/json_fields.h"

#include <charconv>

namespace tr::aws {
namespace {

namespace json = boost::json;

const json::object& AsObject(const json::value& value) {
  static const json::object kNone;
  return value.is_object() ? value.get_object() : kNone;
}

}  // namespace

std::string_view TextAt(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

std::string_view TextAt(const json::value& value, std::string_view name) { return TextAt(AsObject(value), name); }

const json::array& ArrayAt(const json::object& object, std::string_view name) {
  static const json::array kNone;
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_array() ? value->get_array() : kNone;
}

const json::object& ObjectAt(const json::object& object, std::string_view name) {
  static const json::value kNone;
  const json::value* value = object.if_contains(name);
  return AsObject(value == nullptr ? kNone : *value);
}

const json::object& ObjectAt(const json::value& value, std::string_view name) {
  return ObjectAt(AsObject(value), name);
}

std::int64_t NumberAt(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value != nullptr && value->is_int64()) return value->get_int64();
  const std::string_view text = TextAt(object, name);
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool FlagAt(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

}  // namespace tr::aws
