#include "google/google_client.h"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "net/http_encoding.h"
#include "ticket/json.h"

namespace tr::google {
namespace {

namespace json = boost::json;

// Reading files and their contents; Sheets takes it as well.
constexpr std::string_view kScope = "https://www.googleapis.com/auth/drive.readonly";
constexpr Duration kBeforeEnd = std::chrono::minutes(2);
constexpr Duration kBeforeQuotaAgain = std::chrono::hours(1);  // until a day's quota is asked for again
constexpr std::size_t kMaxAnswer = 11 * 1024 * 1024;           // an export is at most 10 MB

const json::value* Member(const json::value* value, std::string_view name) {
  return value != nullptr && value->is_object() ? value->get_object().if_contains(name) : nullptr;
}

std::string_view TextOf(const json::value* value) {
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

// Google's words for why: the first error's reason, and the message.
struct Why {
  std::string reason;
  std::string message;
};

Why WhyOf(const std::string& body) {
  const Result<json::value> parsed = ParseJson(body);
  if (!parsed) return {};
  const json::value* error = Member(&*parsed, "error");
  Why why{"", std::string(TextOf(Member(error, "message")))};
  const json::value* errors = Member(error, "errors");
  if (errors != nullptr && errors->is_array() && !errors->get_array().empty()) {
    why.reason = TextOf(Member(&errors->get_array().front(), "reason"));
  }
  return why;
}

bool IsAboutRates(std::string_view reason) {
  constexpr std::array<std::string_view, 3> kRates = {"rateLimitExceeded", "userRateLimitExceeded",
                                                      "sharingRateLimitExceeded"};
  return std::find(kRates.begin(), kRates.end(), reason) != kRates.end();
}

Fault ForbiddenFault(const std::string& text, const std::string& reason, const std::string& email) {
  if (IsAboutRates(reason)) return Transient(text + ": too many requests");
  if (reason == "dailyLimitExceeded") {
    Fault fault = Transient(text + ": the Cloud project has used up what it may ask in a day");
    fault.retry_after = kBeforeQuotaAgain;
    return fault;
  }
  if (reason == "exportSizeLimitExceeded") {
    return Invalid(text + ": the document is too large to export: make it shorter, or take pictures out");
  }
  if (reason == "accessNotConfigured") {
    return Permanent(text + ": switch the Drive API and the Sheets API on in the key's Cloud project");
  }
  return Permanent(text + ": share the folder with " + email + " as a viewer");
}

Fault FaultOf(const net::HttpResponse& answer, const std::string& email) {
  const std::string text = "Google answered " + std::to_string(answer.status);
  if (answer.status == 429 || answer.status >= 500) return Transient(text);
  if (answer.status == 404) return NotFound(text + ": the folder or file is not there, or not shared with " + email);
  const Why why = WhyOf(answer.body);
  // A tab that was there a moment ago.
  if (answer.status == 400 && why.message.starts_with("Unable to parse range")) {
    return Transient(text + ": a tab of the Sheet changed while it was read");
  }
  if (answer.status == 401 || answer.status == 403) return ForbiddenFault(text, why.reason, email);
  return Permanent(text + ": it refuses the request; look at drive.folder");
}

// The token endpoint's own errors (RFC 6749, 5.2).
Fault FaultOfToken(const net::HttpResponse& answer) {
  const std::string text = "Google's token endpoint answered " + std::to_string(answer.status);
  const Result<json::value> parsed = ParseJson(answer.body);
  const std::string_view error = parsed ? TextOf(Member(&*parsed, "error")) : std::string_view();
  if (answer.status == 429 || answer.status >= 500 || error == "internal_failure" || error == "server_error" ||
      error == "temporarily_unavailable") {
    return Transient(text);
  }
  return Permanent(text + ": the key was deleted, or this machine's clock is wrong; look at drive.key_file");
}

}  // namespace

Result<std::string> GoogleClient::Token() {
  if (!token_.empty() && clock_.Now() + kBeforeEnd < token_ends_) return token_.Reveal();
  TR_ASSIGN(const std::string assertion, MakeAssertion(account_, kScope, clock_.Now()));
  net::ClientRequest request;
  request.method = "POST";
  request.url = account_.token_url;
  request.headers.Set("Content-Type", "application/x-www-form-urlencoded");
  request.body = "grant_type=" + net::PercentEncode("urn:ietf:params:oauth:grant-type:jwt-bearer") +
                 "&assertion=" + net::PercentEncode(assertion);
  TR_ASSIGN(const net::HttpResponse answer, http_.Send(request));
  if (answer.status != 200) return FaultOfToken(answer);
  const Result<json::value> parsed = ParseJson(answer.body);
  const std::string_view token = parsed ? TextOf(Member(&*parsed, "access_token")) : std::string_view();
  const json::value* lives = parsed ? Member(&*parsed, "expires_in") : nullptr;
  if (token.empty()) return Transient("Google's token endpoint gave no token");
  token_ = Secret(std::string(token));
  const std::int64_t seconds = lives != nullptr && lives->is_int64() ? lives->get_int64() : 0;
  token_ends_ = clock_.Now() + std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, 3600));
  return token_.Reveal();
}

Result<net::HttpResponse> GoogleClient::Ask(const std::string& url) {
  TR_ASSIGN(const std::string token, Token());
  net::ClientRequest request;
  request.url = url;
  request.headers.Set("Authorization", "Bearer " + token);
  request.max_answer = kMaxAnswer;
  return http_.Send(request);
}

Result<std::string> GoogleClient::Get(const std::string& url) {
  const std::lock_guard lock(mutex_);
  TR_ASSIGN(net::HttpResponse answer, Ask(url));
  if (answer.status == 401) {
    token_ = Secret();
    TR_ASSIGN(answer, Ask(url));
  }
  if (answer.status != 200) return FaultOf(answer, account_.email);
  return std::move(answer.body);
}

}  // namespace tr::google
