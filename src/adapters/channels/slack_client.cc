#include "channels/slack_client.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <utility>

#include "net/http_encoding.h"
#include "ticket/json.h"

namespace tr::channels {
namespace {

namespace json = boost::json;

constexpr Duration kShortestWait = std::chrono::seconds(1);
constexpr Duration kLongestWait = std::chrono::hours(1);
constexpr std::string_view kPrefix = "Slack says ";

struct KnownError {
  std::string_view error;
  bool passes;  // the same call may succeed later
  std::string_view advice;
};

constexpr std::string_view kNewToken = "put the app's present bot token (xoxb-…) into slack.token";
constexpr std::string_view kInvite = "invite the app to the channel: /invite @Ticket Router";
constexpr std::string_view kScopes = "add the scopes of deploy/slack/manifest.yaml and install the app again";

// docs.slack.dev, the methods' error tables.
constexpr KnownError kErrors[] = {
    {"ratelimited", true, ""},
    {"rate_limited", true, ""},
    {"message_limit_exceeded", true, ""},
    {"internal_error", true, ""},
    {"fatal_error", true, ""},
    {"service_unavailable", true, ""},
    {"request_timeout", true, ""},
    {"team_added_to_org", true, "the workspace is being moved into an organization: wait"},
    {"external_channel_migrating", true, "the channel is being moved: wait"},
    {"invalid_auth", false, kNewToken},
    {"not_authed", false, kNewToken},
    {"token_revoked", false, kNewToken},
    {"token_expired", false, kNewToken},
    {"account_inactive", false, "the app was removed from the workspace: install it again and put its new token in"},
    {"missing_scope", false, kScopes},
    {"no_permission", false, kScopes},
    {"not_allowed_token_type", false, kNewToken},
    {"channel_not_found", false, "mend the Slack channel in the teams tab, or invite the app if it is private"},
    {"is_archived", false, "unarchive the channel, or name another in the teams tab"},
    {"not_in_channel", false, kInvite},
    {"restricted_action", false, "let the app post there: the workspace's posting permissions forbid it"},
    {"restricted_action_read_only_channel", false, "let the app post there: the channel is read-only"},
    {"restricted_action_thread_only_channel", false, "let the app post there: the channel takes threads only"},
    {"ekm_access_denied", false, "ask the workspace's administrators: they suspended messages"},
    {"access_denied", false, "ask the workspace's administrators"},
    {"org_login_required", false, "the workspace is in an organization now: install the app there"},
    {"users_not_found", false, "use the same e-mail address in Slack and in the teams tab"},
    {"user_not_in_channel", false, "the person is not in the channel"},
};

const KnownError* Find(std::string_view error) {
  const auto* found = std::find_if(std::begin(kErrors), std::end(kErrors),
                                   [error](const KnownError& known) { return known.error == error; });
  return found == std::end(kErrors) ? nullptr : found;
}

// Slack's words are lower-case with underscores; anything else is not repeated.
bool IsWord(std::string_view text) {
  return !text.empty() && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Fault FaultOf(std::string_view method, std::string_view error) {
  const KnownError* known = Find(error);
  std::string text = std::string(kPrefix) + (IsWord(error) ? std::string(error) : "no") + " to " + std::string(method);
  if (known != nullptr && !known->advice.empty()) text += "; " + std::string(known->advice);
  return known != nullptr && known->passes ? Transient(std::move(text)) : Permanent(std::move(text));
}

Duration RetryAfter(const net::HttpResponse& response) {
  const std::string_view text = response.headers.Get("Retry-After");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size()) return kShortestWait;
  seconds = std::clamp<std::int64_t>(seconds, 0, 24 * 3600);
  return std::clamp<Duration>(std::chrono::seconds(seconds), kShortestWait, kLongestWait);
}

std::string Text(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

Result<json::object> Understand(std::string_view method, const net::HttpResponse& response) {
  if (response.status == 429) {
    Fault fault = FaultOf(method, "ratelimited");
    fault.retry_after = RetryAfter(response);
    return fault;
  }
  if (response.status >= 500) {
    return Transient("Slack answered " + std::to_string(response.status) + " to " + std::string(method));
  }
  Result<json::value> body = ParseJson(response.body);
  if (!body || !body->is_object()) {
    return Transient("Slack's answer to " + std::string(method) + " cannot be read (status " +
                     std::to_string(response.status) + ")");
  }
  const json::value* ok = body->as_object().if_contains("ok");
  if (ok != nullptr && ok->is_bool() && ok->as_bool()) return std::move(body->as_object());
  Fault fault = FaultOf(method, Text(body->as_object(), "error"));
  if (fault.kind == FaultKind::kTransient && response.headers.Has("Retry-After")) {
    fault.retry_after = RetryAfter(response);
  }
  return fault;
}

}  // namespace

SendHttp ThreadClients() {
  return [](const net::ClientRequest& request) {
    thread_local net::HttpClient client;
    return client.Send(request);
  };
}

Result<net::HttpResponse> SlackClient::Send(std::string_view method, std::string_view content_type, std::string body,
                                            Duration timeout) {
  net::ClientRequest request;
  request.method = "POST";
  request.url = api_.base_url + "/" + std::string(method);
  request.headers.Add("Authorization", "Bearer " + api_.token.Reveal());
  request.headers.Add("Content-Type", std::string(content_type));
  request.body = std::move(body);
  request.only_once = method == "chat.postMessage";  // a second one would be a second message
  request.timeout = timeout;
  request.connect_timeout = std::min(request.connect_timeout, timeout);
  return send_(request);
}

Result<json::object> SlackClient::Write(std::string_view method, const json::object& body, Duration timeout) {
  TR_ASSIGN(const net::HttpResponse response,
            Send(method, "application/json; charset=utf-8", json::serialize(body), timeout));
  return Understand(method, response);
}

Result<json::object> SlackClient::Read(std::string_view method, const net::Fields& form, Duration timeout) {
  std::string body;
  for (const auto& [name, value] : form) {
    body += (body.empty() ? "" : "&") + net::PercentEncode(name) + "=" + net::PercentEncode(value);
  }
  TR_ASSIGN(const net::HttpResponse response,
            Send(method, "application/x-www-form-urlencoded", std::move(body), timeout));
  return Understand(method, response);
}

Result<SlackClient::Identity> SlackClient::WhoAmI(Duration timeout) {
  TR_ASSIGN(const net::HttpResponse response, Send("auth.test", "application/x-www-form-urlencoded", "", timeout));
  TR_ASSIGN(const json::object body, Understand("auth.test", response));
  return Identity{Text(body, "user_id"), Text(body, "team_id"), Text(body, "team"),
                  std::string(response.headers.Get("x-oauth-scopes"))};
}

std::string_view SlackError(const Fault& fault) {
  std::string_view text = fault.text;
  if (!text.starts_with(kPrefix)) return "";
  text.remove_prefix(kPrefix.size());
  return text.substr(0, text.find(' '));
}

std::string_view SlackAdvice(std::string_view error) {
  const KnownError* known = Find(error);
  return known == nullptr ? std::string_view() : known->advice;
}

}  // namespace tr::channels
