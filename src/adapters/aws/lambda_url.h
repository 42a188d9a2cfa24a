#pragma once
// A request to a function's URL, payload version 2.0, as the HTTP request that it was. Inside this room only.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html

#include <boost/json/object.hpp>

#include "net/http_types.h"

namespace tr::aws {

// The body is decoded where it came as base 64 (Slack's interactions and plain forms do), so that signatures are
// checked over the bytes that were sent. Values of a header that was repeated stay joined by commas, as AWS gives them.
// More than 1,000 query fields are none.
net::HttpRequest ReadUrlRequest(const boost::json::object& event);

}  // namespace tr::aws
