#pragma once
// DynamoDB's spelling of values: {"S":"text"}, {"N":"12"}, {"SS":["text"]}. Only texts, whole numbers and sets of texts
// are kept; anything larger is JSON in a text.

#include <boost/json/object.hpp>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace tr::aws {

// An item's attributes by name.
using Item = boost::json::object;

boost::json::object TextValue(std::string_view text);  // REQUIRES: well-formed UTF-8
boost::json::object NumberValue(std::int64_t number);
boost::json::object TextsValue(const std::set<std::string>& texts);  // REQUIRES: not empty

// What an attribute holds; "" and 0 where it is absent or of another type.
std::string_view TextOf(const Item& item, std::string_view name);
std::int64_t NumberOf(const Item& item, std::string_view name);
std::set<std::string> TextsOf(const Item& item, std::string_view name);
bool Has(const Item& item, std::string_view name);

// Fixed width, so that text order is number order. REQUIRES: 0 <= number < 10^15.
std::string Padded(std::int64_t number);

}  // namespace tr::aws
