#pragma once
// One request on its way to a handler, and the answers that handlers give. Internal to api/.

#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/http_types.h"
#include "wiring/app.h"

namespace tr::api {

// Who asks, and what they may do, lowest to highest.
enum class Right : std::uint8_t { kPublic, kView, kAct, kAdmin };

struct Caller {
  Right right = Right::kPublic;
  std::string person;  // address, or "admin"
};

struct Context {
  wiring::App& app;
  const net::HttpRequest& request;
  std::vector<std::string> params;  // what stood at the pattern's {…}
  Caller caller;
};

// An answer, or a fault that becomes a problem document.
using Answer = Result<net::HttpResponse>;

net::HttpResponse JsonResponse(int status, const boost::json::value& body);

// The one place where faults become HTTP: transient 503, permanent 500, invalid 422, not_found 404, conflict 409, bug
// 500.
net::HttpResponse ProblemOf(const Fault& fault);

// The body as a JSON object; an empty body is an empty object. kInvalid otherwise.
Result<boost::json::object> BodyObject(const net::HttpRequest& request);

// A text member; empty where it is absent. kInvalid: of another type.
Result<std::string> TextMember(const boost::json::object& object, std::string_view name);

// "limit" of the query: 1 to 200, 50 where absent. kInvalid otherwise.
Result<int> Limit(const net::HttpRequest& request);

}  // namespace tr::api
