#include "models/model_http.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <utility>

#include "ticket/json.h"

namespace tr::models {
namespace {

namespace json = boost::json;

constexpr Duration kLongest = std::chrono::seconds(60);
constexpr Duration kShortest = std::chrono::seconds(2);
constexpr std::size_t kMaxAnswer = 1024 * 1024;  // a filled-in form has some kilobytes
constexpr int kLongestWait = 3600;               // seconds; a vendor that says more is not believed

std::optional<Duration> RetryAfter(const net::HttpResponse& answer) {
  const std::string_view text = answer.headers.Get("Retry-After");
  int seconds = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.empty() || parsed.ec != std::errc() || seconds < 0) return std::nullopt;
  return std::chrono::seconds(std::min(seconds, kLongestWait));
}

std::string_view WhatToDo(int status) {
  switch (status) {
    case 401:
    case 403: return "it refuses the key: look at reader.key or TR_MODEL_KEY, and at the account's rights";
    case 402: return "the account has no credit left";
    case 404: return "it knows no such model or address: look at reader.model and reader.url";
    default: return "it refuses the request: look at reader.model, which must be able to call tools";
  }
}

}  // namespace

Fault FaultOfModel(std::string_view vendor, const net::HttpResponse& answer) {
  const int status = answer.status;
  const std::string text = std::string(vendor) + " answered " + std::to_string(status);
  if (status == 408 || status == 409 || status == 425 || status == 429 || status >= 500) {
    Fault fault = Transient(text);
    fault.retry_after = RetryAfter(answer);
    return fault;
  }
  return Permanent(text + ": " + std::string(WhatToDo(status)));
}

Result<Duration> TimeFor(const Call& call, Time now) {
  const Duration left = call.deadline - now;
  if (left < kShortest) return Transient("too little time is left to ask the model");
  return std::min(left, kLongest);
}

std::int64_t TokensAt(const json::value& answer, std::string_view object, std::string_view member) {
  const json::object* outer = answer.if_object();
  const json::value* inner = outer == nullptr ? nullptr : outer->if_contains(object);
  if (inner == nullptr || !inner->is_object()) return 0;
  const json::value* tokens = inner->get_object().if_contains(member);
  if (tokens == nullptr || !tokens->is_int64()) return 0;
  return std::clamp<std::int64_t>(tokens->get_int64(), 0, 10'000'000);
}

Result<Posted> ModelHttp::Post(const std::string& url, net::Headers headers, const json::object& body,
                               const Call& call) {
  TR_ASSIGN(const Duration time, TimeFor(call, clock_.Now()));
  bool sent = false;
  net::ClientRequest request;
  request.method = "POST";
  request.url = url;
  request.headers = std::move(headers);
  request.headers.Set("Content-Type", "application/json");
  request.headers.Set("Accept", "application/json");
  request.body = json::serialize(body);
  request.timeout = time;
  request.max_answer = kMaxAnswer;
  request.sent = &sent;
  net::HttpClient client;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      client = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  const Result<net::HttpResponse> answer = client.Send(request);
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(client));
  }
  if (!answer && sent) return Posted{{}, answer.fault()};
  if (!answer) return answer.fault();
  if (answer->status < 200 || answer->status > 299) return FaultOfModel(vendor_, *answer);
  Result<json::value> parsed = ParseJson(answer->body);
  if (parsed && parsed->is_object()) return Posted{std::move(parsed->get_object()), std::nullopt};
  return Posted{{}, Transient(vendor_ + " answered something that is no JSON object")};
}

}  // namespace tr::models
