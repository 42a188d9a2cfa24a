#pragma once
// Members of a hostile JSON payload: what is absent or of another type is as good as empty. Internal to intake/.

#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace tr::intake {

// A text, repaired; empty where it is none.
std::string TextOf(const boost::json::object& object, std::string_view name);

// An id: a text, or a number as text.
std::string IdOf(const boost::json::object& object, std::string_view name);

// An object, or an empty one.
const boost::json::object& ObjectOf(const boost::json::object& object, std::string_view name);

// The objects of a list; whatever else stands in it is left out by the caller's `if_object`.
const boost::json::array& ListOf(const boost::json::object& object, std::string_view name);

}  // namespace tr::intake
