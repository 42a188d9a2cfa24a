#include "aws/lambda_url.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "aws/json_fields.h"
#include "aws/lambda_events.h"
#include "base/hash.h"
#include "base/text.h"
#include "intake/transfer.h"
#include "net/http_encoding.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

std::string JoinCookies(const json::array& cookies) {
  std::string joined;
  for (const json::value& cookie : cookies) {
    if (cookie.is_string()) joined.append(joined.empty() ? "" : "; ").append(cookie.get_string());
  }
  return joined;
}

bool GoesAsText(const net::HttpResponse& response) {
  return !response.headers.Has("Content-Encoding") && IsUtf8(response.body);
}

// Headers of a function's answer are a map: fields of one name are joined, but for cookies, which have a place of their
// own.
json::object JoinHeaders(const net::HttpResponse& response, json::array& cookies) {
  json::object headers;
  for (const auto& [name, value] : response.headers) {
    const std::string lower = ToLowerAscii(name);
    if (lower == "set-cookie") {
      cookies.emplace_back(value);
      continue;
    }
    json::value& joined = headers[lower];
    joined = joined.is_string() ? std::string(joined.get_string()) + ", " + value : value;
  }
  return headers;
}

}  // namespace

net::HttpRequest ReadUrlRequest(const json::object& event) {
  const json::object& http = ObjectAt(ObjectAt(event, "requestContext"), "http");
  net::HttpRequest request;
  request.method = TextAt(http, "method");
  request.path = TextAt(event, "rawPath");
  if (request.path.empty()) request.path = "/";
  request.query = net::ParseForm(TextAt(event, "rawQueryString")).value_or(net::Fields());
  for (const auto& [name, value] : ObjectAt(event, "headers")) {
    if (value.is_string()) request.headers.Add(std::string(name), std::string(value.get_string()));
  }
  const std::string cookies = JoinCookies(ArrayAt(event, "cookies"));
  if (!cookies.empty()) request.headers.Set("cookie", cookies);
  const std::string_view body = TextAt(event, "body");
  request.body = FlagAt(event, "isBase64Encoded") ? intake::DecodeBase64(body) : std::string(body);
  request.peer = TextAt(http, "sourceIp");
  return request;
}

std::string WriteUrlResponse(const net::HttpResponse& response) {
  json::array cookies;
  json::object headers = JoinHeaders(response, cookies);
  const bool as_text = GoesAsText(response);
  json::object answer{{"statusCode", response.status},
                      {"headers", std::move(headers)},
                      {"body", as_text ? response.body : ToBase64(response.body)},
                      {"isBase64Encoded", !as_text}};
  if (!cookies.empty()) answer["cookies"] = std::move(cookies);
  return json::serialize(answer);
}

}  // namespace tr::aws
