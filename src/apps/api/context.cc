#include "api/context.h"

#include <boost/json.hpp>
#include <charconv>

#include "ticket/json.h"

namespace tr::api {
namespace {

int StatusOf(FaultKind kind) {
  switch (kind) {
    case FaultKind::kTransient: return 503;
    case FaultKind::kPermanent: return 500;
    case FaultKind::kInvalid: return 422;
    case FaultKind::kNotFound: return 404;
    case FaultKind::kConflict: return 409;
    case FaultKind::kBug: return 500;
  }
  return 500;
}

}  // namespace

net::HttpResponse JsonResponse(int status, const boost::json::value& body) {
  return net::MakeResponse(status, "application/json", boost::json::serialize(body));
}

net::HttpResponse ProblemOf(const Fault& fault) {
  net::HttpResponse response = net::ProblemResponse(StatusOf(fault.kind), fault.text);
  if (fault.kind == FaultKind::kTransient) response.headers.Set("Retry-After", "1");
  return response;
}

Result<boost::json::object> BodyObject(const net::HttpRequest& request) {
  if (request.body.empty()) return boost::json::object{};
  TR_ASSIGN(boost::json::value value, ParseJson(request.body));
  if (!value.is_object()) return Invalid("the body is not a JSON object");
  return std::move(value.as_object());
}

Result<std::string> TextMember(const boost::json::object& object, std::string_view name) {
  const boost::json::value* value = object.if_contains(name);
  if (value == nullptr || value->is_null()) return std::string();
  if (!value->is_string()) return Invalid("member " + std::string(name) + " is not a text");
  return std::string(value->as_string());
}

Result<int> Limit(const net::HttpRequest& request) {
  const std::string_view text = net::FindField(request.query, "limit");
  if (text.empty()) return 50;
  int limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc() || end != text.data() + text.size() || limit < 1 || limit > 200) {
    return Invalid("limit is a number from 1 to 200");
  }
  return limit;
}

}  // namespace tr::api
