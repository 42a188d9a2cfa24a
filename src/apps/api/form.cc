// The form lane over HTTP: the embeddable page and its POST.

#include <boost/json.hpp>

#include "api/form_token.h"
#include "api/pages.h"
#include "api/routes.h"
#include "base/hash.h"
#include "base/text.h"
#include "intake/form_lane.h"
#include "net/http_encoding.h"

namespace tr::api {
namespace {

namespace json = boost::json;

struct Posted {
  intake::FormFields fields;
  std::string token;
  std::string secret;
};

void Put(Posted& posted, std::string_view name, std::string&& value) {
  if (name == "email") posted.fields.email = std::move(value);
  if (name == "name") posted.fields.name = std::move(value);
  if (name == "subject") posted.fields.subject = std::move(value);
  if (name == "message") posted.fields.message = std::move(value);
  if (name == "submission") posted.fields.submission = std::move(value);
  if (name == "website") posted.fields.website = std::move(value);
  if (name == "token") posted.token = std::move(value);
  if (name == "secret") posted.secret = std::move(value);
}

Result<Posted> ReadPosted(const net::HttpRequest& request) {
  if (request.body.size() > intake::kMaxFormBytes) return Invalid("the form is larger than 256 KiB");
  if (!IsUtf8(request.body)) return Invalid("the form is not UTF-8");
  Posted posted;
  const std::string type = net::ParseContentType(request.headers.Get("Content-Type")).type;
  if (type == "application/x-www-form-urlencoded") {
    std::optional<net::Fields> fields = net::ParseForm(request.body);
    if (!fields) return Invalid("the form has too many fields");
    for (auto& [name, value] : *fields) Put(posted, name, std::move(value));
  } else {
    TR_ASSIGN(const json::object body, BodyObject(request));
    for (const json::key_value_pair& member : body) {
      if (member.value().is_string()) Put(posted, member.key(), std::string(member.value().as_string()));
    }
  }
  const std::string_view key = request.headers.Get("Idempotency-Key");
  if (!key.empty()) posted.fields.submission = key;
  const std::string_view secret = request.headers.Get("X-Form-Secret");
  if (!secret.empty()) posted.secret = secret;
  return posted;
}

bool MayPost(const Context& context, const Posted& posted) {
  const std::string& secret = context.app.config().form.secret.Reveal();
  if (!secret.empty() && EqualInConstantTime(posted.secret, secret)) return true;
  return CheckFormToken(context.app.form_key(), posted.token, context.app.ports().clock.Now());
}

// The origin when it is one that may post; empty otherwise.
std::string AllowedOrigin(const Context& context) {
  const std::string origin(context.request.headers.Get("Origin"));
  for (const std::string& allowed : context.app.config().form.origins) {
    if (EqualsIgnoreCaseAscii(origin, allowed)) return origin;
  }
  return "";
}

net::HttpResponse WithCors(const Context& context, net::HttpResponse response) {
  const std::string origin = AllowedOrigin(context);
  if (!origin.empty()) response.headers.Set("Access-Control-Allow-Origin", origin);
  response.headers.Set("Vary", "Origin");
  return response;
}

bool WantsPage(const net::HttpRequest& request) {
  return request.headers.Get("Accept").find("text/html") != std::string_view::npos;
}

Answer Accept(const Context& context) {
  TR_ASSIGN(Posted posted, ReadPosted(context.request));
  if (!MayPost(context, posted)) {
    return net::ProblemResponse(
        401, "send the form's secret as X-Form-Secret, or a token from GET /form that is younger than a day");
  }
  TR_ASSIGN(intake::Arrival arrival, intake::ReadForm(posted.fields));
  TR_ASSIGN(const intake::Accepted accepted, context.app.gate().Accept(std::move(arrival)));
  if (WantsPage(context.request)) return ThanksPage(202);
  return net::MakeResponse(202, "application/json", "{\"ticket_id\":\"" + accepted.ticket + "\"}");
}

}  // namespace

Answer GetForm(const Context& context) {
  return FormPage(MakeFormToken(context.app.form_key(), context.app.ports().clock.Now()),
                  context.app.ports().ids.NewId(context.app.ports().clock.Now()), context.app.config().form.origins);
}

Answer PostForm(const Context& context) {
  Answer answer = Accept(context);
  return WithCors(context, answer ? *std::move(answer) : ProblemOf(answer.fault()));
}

Answer FormOptions(const Context& context) {
  net::HttpResponse response = net::MakeResponse(204, "text/plain", "");
  if (!AllowedOrigin(context).empty()) {
    response.headers.Set("Access-Control-Allow-Methods", "POST");
    response.headers.Set("Access-Control-Allow-Headers", "Content-Type, Idempotency-Key");
    response.headers.Set("Access-Control-Max-Age", "600");
  }
  return WithCors(context, std::move(response));
}

}  // namespace tr::api
