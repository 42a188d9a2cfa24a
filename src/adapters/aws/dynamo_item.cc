#include "aws/dynamo_item.h"

#include <algorithm>
#include <charconv>

namespace tr::aws {
namespace {

constexpr std::size_t kDigits = 15;

const boost::json::value* Typed(const Item& item, std::string_view name, std::string_view type) {
  const boost::json::value* attribute = item.if_contains(name);
  const boost::json::object* typed = attribute == nullptr ? nullptr : attribute->if_object();
  return typed == nullptr ? nullptr : typed->if_contains(type);
}

std::string_view Member(const Item& item, std::string_view name, std::string_view type) {
  const boost::json::value* value = Typed(item, name, type);
  const boost::json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

}  // namespace

boost::json::object TextValue(std::string_view text) { return {{"S", text}}; }
boost::json::object NumberValue(std::int64_t number) { return {{"N", std::to_string(number)}}; }
boost::json::object TextsValue(const std::set<std::string>& texts) {
  return {{"SS", boost::json::array(texts.begin(), texts.end())}};
}

std::string_view TextOf(const Item& item, std::string_view name) { return Member(item, name, "S"); }

std::int64_t NumberOf(const Item& item, std::string_view name) {
  const std::string_view digits = Member(item, name, "N");
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::set<std::string> TextsOf(const Item& item, std::string_view name) {
  std::set<std::string> texts;
  const boost::json::value* value = Typed(item, name, "SS");
  if (value == nullptr || !value->is_array()) return texts;
  for (const boost::json::value& text : value->get_array()) {
    if (text.is_string()) texts.emplace(text.get_string());
  }
  return texts;
}

bool Has(const Item& item, std::string_view name) { return item.contains(name); }

std::string Padded(std::int64_t number) {
  const std::string digits = std::to_string(std::max<std::int64_t>(number, 0));
  return digits.size() < kDigits ? std::string(kDigits - digits.size(), '0') + digits : digits;
}

}  // namespace tr::aws
