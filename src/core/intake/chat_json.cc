#include "intake/chat_json.h"

#include "base/text.h"

namespace tr::intake {

namespace json = boost::json;

std::string TextOf(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return "";
  return RepairUtf8(std::string_view(value->as_string()));
}

std::string IdOf(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value != nullptr && value->is_int64()) return std::to_string(value->as_int64());
  if (value != nullptr && value->is_uint64()) return std::to_string(value->as_uint64());
  return TextOf(object, name);
}

const json::object& ObjectOf(const json::object& object, std::string_view name) {
  static const json::object kNone;
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_object() ? value->as_object() : kNone;
}

const json::array& ListOf(const json::object& object, std::string_view name) {
  static const json::array kNone;
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_array() ? value->as_array() : kNone;
}

}  // namespace tr::intake
