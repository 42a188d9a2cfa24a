#include "api/api.h"

#include <string>
#include <utility>
#include <vector>

#include "api/access.h"
#include "api/context.h"
#include "api/events.h"
#include "api/routes.h"
#include "base/text.h"
#include "net/http_encoding.h"

namespace tr::api {
namespace {

constexpr std::string_view kEventsPath = "/api/v1/events";

// Fits a path's decoded segments to a pattern; the segments at {} are put into `params`.
bool Fits(std::string_view pattern, const std::vector<std::string>& segments, std::vector<std::string>& params) {
  params.clear();
  if (pattern == "/") return segments.empty();
  std::size_t at = 0;
  for (const std::string_view part : SplitText(pattern.substr(1), '/')) {
    if (at == segments.size()) return false;
    if (part == "{}") {
      params.push_back(segments[at]);
    } else if (part != segments[at]) {
      return false;
    }
    ++at;
  }
  return at == segments.size();
}

// Nothing that a customer wrote may run, be framed or be cached.
void AddSafety(net::HttpResponse& response) {
  response.headers.Set("X-Content-Type-Options", "nosniff");
  response.headers.Set("Referrer-Policy", "no-referrer");
  if (!response.headers.Has("Cache-Control")) response.headers.Set("Cache-Control", "no-store");
}

net::HttpResponse MethodNotAllowed(const std::string& allowed) {
  net::HttpResponse response = net::ProblemResponse(405, "this address takes " + allowed);
  response.headers.Set("Allow", allowed);
  return response;
}

net::HttpResponse Unauthorized() {
  net::HttpResponse response =
      net::ProblemResponse(401, "send a token as Authorization: Bearer …; the first one stands in DATA/admin.token");
  response.headers.Set("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace

class Api::Routes {
 public:
  explicit Routes(wiring::App& app) : app_(app), events_(app) {}

  net::HttpResponse Handle(const net::HttpRequest& request) {
    const std::optional<std::vector<std::string>> segments = net::PathSegments(request.path);
    if (!segments) return net::ProblemResponse(400, "the path cannot be read");
    if (request.path == kEventsPath && request.method == "GET") return Listen(request);
    Context context{app_, request, {}, {}};
    std::string allowed;
    for (const Route& route : api::Routes()) {
      if (!Fits(route.pattern, *segments, context.params)) continue;
      if (route.method == request.method) return Run(route, context);
      allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
    }
    if (!allowed.empty()) return MethodNotAllowed(allowed);
    return net::ProblemResponse(404, "there is nothing at this address");
  }

 private:
  net::HttpResponse Run(const Route& route, Context& context) {
    if (route.right != Right::kPublic) {
      if (std::optional<net::HttpResponse> refusal = Refuse(context.request, route.right, context.caller))
        return *refusal;
    }
    Answer answer = route.handle(context);
    return answer ? *std::move(answer) : ProblemOf(answer.fault());
  }

  net::HttpResponse Listen(const net::HttpRequest& request) {
    Caller caller;
    if (std::optional<net::HttpResponse> refusal = Refuse(request, Right::kView, caller)) return *refusal;
    return events_.Subscribe();
  }

  // Nothing: the caller may; `caller` is who it is.
  std::optional<net::HttpResponse> Refuse(const net::HttpRequest& request, Right right, Caller& caller) {
    if (!ComesFromHere(app_.config(), request)) {
      return net::ProblemResponse(403, "this request names another host or comes from another site's page");
    }
    const Result<std::optional<Caller>> found = FindCaller(app_, request);
    if (!found) return ProblemOf(found.fault());
    if (!*found) return Unauthorized();
    caller = **found;
    if (caller.right < right) return net::ProblemResponse(403, "this token's role may not do this");
    return std::nullopt;
  }

  wiring::App& app_;
  Events events_;
};

Api::Api(wiring::App& app) : routes_(std::make_unique<Routes>(app)) {}
Api::~Api() = default;

net::HttpResponse Api::Handle(const net::HttpRequest& request) {
  net::HttpResponse response = routes_->Handle(request);
  AddSafety(response);
  return response;
}

}  // namespace tr::api
