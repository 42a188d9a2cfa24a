#pragma once
// Members of a JSON answer that may be missing or of another type than the service's model says.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace tr::aws {

// "", an empty array, an empty object or 0 where there is no such member, or where `json` is no object.
std::string_view TextAt(const boost::json::object& json, std::string_view name);
std::string_view TextAt(const boost::json::value& json, std::string_view name);
const boost::json::array& ArrayAt(const boost::json::object& json, std::string_view name);
const boost::json::object& ObjectAt(const boost::json::object& json, std::string_view name);
const boost::json::object& ObjectAt(const boost::json::value& json, std::string_view name);
// Numbers also come as text: SQS writes {"SentTimestamp":"1545082649183"}.
std::int64_t NumberAt(const boost::json::object& json, std::string_view name);
bool FlagAt(const boost::json::object& json, std::string_view name);

}  // namespace tr::aws
