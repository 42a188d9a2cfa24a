#pragma once
// Slack's Web API in memory, behind the client's port: channels, messages with their metadata, the rate of one message
// a second a channel, and faults to order. tests/flow/slack_stand_in.py checks the messages themselves.

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "channels/slack_client.h"
#include "net/http_encoding.h"
#include "ticket/json.h"

namespace tr::contract {

enum class SlackFault {
  kNone,
  kNoAnswer,  // nothing was done
  kLost,      // it was done, and nobody hears of it
  kSlowDown,  // 429
  kDown,      // 503
  kError,     // {"ok": false}, with `error`: nothing was done
  kDone,      // {"ok": false}, with `error`, though it was done
};

class FakeSlack {
 public:
  struct Message {
    std::string ts;
    std::string delivery;
    std::string thread;
    std::string text;
    boost::json::value metadata;
  };
  struct Order {
    SlackFault fault = SlackFault::kNone;
    std::string error = {};
    int retry_after = 1;  // seconds, of kSlowDown
  };

  explicit FakeSlack(const Clock& clock, bool paced) : clock_(clock), paced_(paced) {}

  void AddChannel(const std::string& name) { channels_["C" + name].name = name; }

  // What happens to each call; called with the method, under the lock.
  std::function<Order(const std::string& method)> faults;

  channels::SendHttp Send() {
    return [this](const net::ClientRequest& request) { return Answer(request); };
  }

  std::vector<Message> Messages(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    return channels_.at("C" + name).messages;
  }
  bool Has(const std::string& delivery) const {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, channel] : channels_) {
      for (const Message& message : channel.messages) {
        if (message.delivery == delivery) return true;
      }
    }
    return false;
  }
  int too_fast() const { return too_fast_; }
  int calls() const { return calls_; }

 private:
  struct Channel {
    std::string name;
    std::vector<Message> messages;
    Time next{};
  };

  static net::HttpResponse Json(const boost::json::object& body) {
    return net::MakeResponse(200, "application/json", boost::json::serialize(body));
  }
  static net::HttpResponse Error(const std::string& error) { return Json({{"ok", false}, {"error", error}}); }
  static net::HttpResponse SlowDown(int seconds) {
    net::HttpResponse response = net::MakeResponse(429, "text/plain", "");
    response.headers.Set("Retry-After", std::to_string(seconds));
    return response;
  }

  // Who is told to wait and does not is too fast.
  net::HttpResponse Hold(const std::string& method, const boost::json::object& arguments, int seconds) {
    const auto channel = channels_.find(Text(arguments, "channel"));
    if (channel != channels_.end() && method == "chat.postMessage") {
      channel->second.next = std::max(channel->second.next, clock_.Now() + std::chrono::seconds(seconds));
    }
    return SlowDown(seconds);
  }

  Result<net::HttpResponse> Answer(const net::ClientRequest& request) {
    const std::lock_guard lock(mutex_);
    ++calls_;
    const std::string method = request.url.substr(request.url.rfind('/') + 1);
    const Order order = faults ? faults(method) : Order{};
    switch (order.fault) {
      case SlackFault::kNoAnswer: return Transient("no answer");
      case SlackFault::kSlowDown: return Hold(method, Arguments(request), order.retry_after);
      case SlackFault::kDown: return net::MakeResponse(503, "text/plain", "");
      case SlackFault::kError: return Error(order.error);
      case SlackFault::kNone:
      case SlackFault::kLost:
      case SlackFault::kDone: break;
    }
    net::HttpResponse answer = Do(method, Arguments(request));
    if (order.fault == SlackFault::kLost) return Transient("the answer was lost");
    if (order.fault == SlackFault::kDone) return Error(order.error);
    return answer;
  }

  static boost::json::object Arguments(const net::ClientRequest& request) {
    if (request.headers.Get("Content-Type").starts_with("application/json"))
      return ParseJson(request.body)->as_object();
    boost::json::object arguments;
    const auto form = net::ParseForm(request.body);
    for (const auto& [name, value] : *form) arguments[name] = value;
    return arguments;
  }

  static std::string Text(const boost::json::object& object, std::string_view name) {
    const boost::json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
  }

  net::HttpResponse Do(const std::string& method, const boost::json::object& arguments) {
    if (method == "conversations.list") return List();
    if (method == "users.lookupByEmail") return Error("users_not_found");
    const auto channel = channels_.find(Text(arguments, "channel"));
    if (channel == channels_.end()) return Error("channel_not_found");
    if (method == "conversations.info") {
      return Json({{"ok", true}, {"channel", {{"id", channel->first}, {"name", channel->second.name}}}});
    }
    if (method == "chat.postMessage") return Post(channel->second, arguments);
    if (method == "chat.update") return Update(channel->second, arguments);
    if (method == "conversations.history" || method == "conversations.replies") {
      return History(channel->second, arguments, method == "conversations.replies");
    }
    return Error("unknown_method");
  }

  net::HttpResponse List() {
    boost::json::array list;
    for (const auto& [id, channel] : channels_) list.push_back({{"id", id}, {"name", channel.name}});
    return Json({{"ok", true}, {"channels", std::move(list)}});
  }

  net::HttpResponse Post(Channel& channel, const boost::json::object& arguments) {
    if (paced_ && clock_.Now() < channel.next) {
      ++too_fast_;
      return SlowDown(1);
    }
    channel.next = clock_.Now() + std::chrono::seconds(1);
    Message message;
    message.ts = std::to_string(ToMillis(clock_.Now()) / 1000) + "." + std::to_string(100'000 + ++count_);
    message.metadata = arguments.at("metadata");
    message.delivery = message.metadata.at("event_payload").at("delivery").as_string();
    message.thread = Text(arguments, "thread_ts");
    message.text = Text(arguments, "text");
    channel.messages.push_back(message);
    return Json({{"ok", true}, {"ts", message.ts}});
  }

  static net::HttpResponse Update(Channel& channel, const boost::json::object& arguments) {
    const auto message = std::find_if(channel.messages.rbegin(), channel.messages.rend(),
                                      [&](const Message& one) { return one.ts == Text(arguments, "ts"); });
    if (message == channel.messages.rend()) return Error("message_not_found");
    message->text = Text(arguments, "text");
    return Json({{"ok", true}, {"ts", message->ts}});
  }

  // Newest first, 200 a page, only what is newer than `oldest` and older than `latest`, as Slack gives them.
  static net::HttpResponse History(const Channel& channel, const boost::json::object& arguments, bool replies) {
    const std::string thread = replies ? Text(arguments, "ts") : "";
    const std::string oldest = Text(arguments, "oldest");
    const std::string latest = Text(arguments, "latest");
    std::vector<const Message*> shown;
    for (auto message = channel.messages.rbegin(); message != channel.messages.rend(); ++message) {
      if (message->ts <= oldest) break;
      if (message->thread == thread && (latest.empty() || message->ts < latest)) shown.push_back(&*message);
    }
    const std::string cursor = Text(arguments, "cursor");
    const std::size_t first = cursor.empty() ? 0 : std::stoul(cursor);
    const std::size_t last = std::min(shown.size(), first + 200);
    boost::json::array page;
    for (std::size_t i = first; i < last; ++i) {
      page.push_back({{"ts", shown[i]->ts}, {"metadata", shown[i]->metadata}});
    }
    const std::string next = last < shown.size() ? std::to_string(last) : "";
    return Json({{"ok", true}, {"messages", std::move(page)}, {"response_metadata", {{"next_cursor", next}}}});
  }

  const Clock& clock_;
  bool paced_;
  mutable std::mutex mutex_;
  std::map<std::string, Channel> channels_;
  int count_ = 0;
  int too_fast_ = 0;
  int calls_ = 0;
};

}  // namespace tr::contract
