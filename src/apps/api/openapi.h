#pragma once
// The API described for machines (OpenAPI 3.1).

#include <boost/json/value.hpp>

namespace tr::api {

// Made from the table of routes, so that it cannot leave one out.
boost::json::object OpenApi();

}  // namespace tr::api
