#include "channels/slack_channel.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace tr::channels {
namespace {

namespace json = boost::json;

constexpr Duration kPatience = std::chrono::seconds(10);
constexpr Duration kLeast = std::chrono::milliseconds(100);
constexpr int kPagesSearched = 5;  // of 200 messages: a second try comes within minutes
constexpr std::string_view kEventType = "ticket_router_notice";

json::object MetadataOf(const handoff::Notice& notice) {
  return {{"event_type", kEventType},
          {"event_payload", {{"delivery", CutText(notice.id, 200)}, {"ticket", notice.card.ticket}}}};
}

json::object BodyOf(const handoff::Notice& notice, const std::string& channel, const SlackMessage& message) {
  return {{"channel", channel}, {"text", message.text}, {"blocks", message.blocks}, {"metadata", MetadataOf(notice)},
          {"parse", "none"},    {"link_names", false},  {"unfurl_links", false},    {"unfurl_media", false}};
}

std::string Text(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

const json::object& Inner(const json::object& object, std::string_view name) {
  static const json::object kNone;
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_object() ? value->as_object() : kNone;
}

bool IsOurs(const json::value& message, const handoff::Notice& notice) {
  if (!message.is_object()) return false;
  const json::object& metadata = Inner(message.as_object(), "metadata");
  return Text(metadata, "event_type") == kEventType &&
         Text(Inner(metadata, "event_payload"), "delivery") == CutText(notice.id, 200);
}

// "CHANNEL:TS".
std::pair<std::string, std::string> SplitRef(const std::string& ref) {
  const std::size_t colon = ref.find(':');
  if (colon == std::string::npos) return {};
  return {ref.substr(0, colon), ref.substr(colon + 1)};
}

// Nothing can be changed there any more: a human deleted the message, or the workspace forbids edits.
bool IsGone(const Fault& fault) {
  const std::string_view error = SlackError(fault);
  return error == "message_not_found" || error == "cant_update_message" || error == "edit_window_closed";
}

// The app may write where it may not read back: then a second message is better than none.
bool MayNotLook(const Fault& fault) {
  const std::string_view error = SlackError(fault);
  return error == "missing_scope" || error == "not_in_channel" || error == "thread_not_found";
}

}  // namespace

SlackMessage SlackChannel::CardOf(const handoff::Notice& notice) {
  if (notice.moved) return MovedCard(notice.card);
  SlackLook look;
  if (const rules::RuleBookPtr book = ports_.book()) look.places = PlacesOf(*book);
  look.intake_address = ports_.intake_address;
  return LiveCard(notice.card, look, notice.detour);
}

std::string SlackChannel::UserOf(const std::string& address, Duration timeout) {
  if (address.find('@') == std::string::npos) return "";
  const Result<std::string> user = ports_.directory.FindUser(address, timeout);
  if (!user) ports_.log.Warning("slack_person_not_found", {{"person", address}, {"trouble", user.fault().text}});
  return user ? *user : "";
}

Result<std::optional<std::string>> SlackChannel::Look(const handoff::Notice& notice, Place& place) {
  if (!place.doubt.may_stand) return std::optional<std::string>();
  const bool in_thread = !place.thread.empty();
  net::Fields form{{"channel", place.channel}, {"include_all_metadata", "true"}, {"limit", "200"}};
  if (!place.doubt.after.empty()) form.emplace_back("oldest", place.doubt.after);
  if (!place.doubt.before.empty()) form.emplace_back("latest", place.doubt.before);
  if (in_thread) form.emplace_back("ts", place.thread);
  std::string cursor;
  for (int page = 0; page < kPagesSearched; ++page) {
    net::Fields asked = form;
    if (!cursor.empty()) asked.emplace_back("cursor", cursor);
    const Result<json::object> answer =
        ports_.client.Read(in_thread ? "conversations.replies" : "conversations.history", asked, place.timeout);
    if (!answer && MayNotLook(answer.fault())) break;
    if (!answer) return answer.fault();
    if (const json::value* messages = answer->if_contains("messages"); messages != nullptr && messages->is_array()) {
      for (const json::value& message : messages->as_array()) {
        if (IsOurs(message, notice)) return std::optional<std::string>(Text(message.as_object(), "ts"));
      }
    }
    cursor = Text(Inner(*answer, "response_metadata"), "next_cursor");
    if (cursor.empty()) break;
  }
  place.doubt = {};
  return std::optional<std::string>();
}

Result<std::string> SlackChannel::Say(const handoff::Notice& notice, Place& place, const SlackMessage& message,
                                      bool broadcast) {
  json::object body = BodyOf(notice, place.channel, message);
  if (!place.thread.empty()) {
    body["thread_ts"] = place.thread;
    if (broadcast) body["reply_broadcast"] = true;
  }
  const std::string newest = doubts_.Newest(place.channel);
  const Result<json::object> answer = ports_.client.Write("chat.postMessage", body, place.timeout);
  if (!answer) {
    if (MayHavePosted(answer.fault())) place.doubt = doubts_.DoubtNow(newest, ports_.clock.Now());
    return answer.fault();
  }
  const std::string ts = Text(*answer, "ts");
  doubts_.Confirm(place.channel, ts, ports_.clock.Now());
  // Dying here leaves a message that nobody knows of: the next try finds it by its metadata.
  return place.channel + ":" + ts;
}

Result<std::string> SlackChannel::Change(const handoff::Notice& notice, const std::string& channel,
                                         const std::string& ts, Duration timeout) {
  json::object body = BodyOf(notice, channel, CardOf(notice));
  body["ts"] = ts;
  // The card keeps the name that it was posted under: a second try of the card finds it by that.
  body.erase("metadata");
  body.erase("unfurl_links");
  body.erase("unfurl_media");
  const Result<json::object> answer = ports_.client.Write("chat.update", body, timeout);
  if (!answer && !IsGone(answer.fault())) return answer.fault();
  if (!answer) {
    ports_.log.Warning("slack_card_gone", {{"ticket", notice.card.ticket}, {"trouble", answer.fault().text}});
  }
  return channel + ":" + ts;
}

Result<std::string> SlackChannel::PostCard(const handoff::Notice& notice, Place& place) {
  TR_ASSIGN(const std::optional<std::string> there, Look(notice, place));
  // It may have changed since it was posted.
  if (there) return Change(notice, place.channel, *there, place.timeout);
  if (notice.attempt > 1 && notice.moved) return std::string();
  return Say(notice, place, CardOf(notice), false);
}

Result<std::string> SlackChannel::UpdateCard(const handoff::Notice& notice, const Place& place) {
  const auto [channel, ts] = SplitRef(notice.card_ref);
  if (ts.empty()) return std::string();
  TR_TRY(Enter(channel, place.timeout));
  return Change(notice, channel, ts, place.timeout);
}

Result<std::string> SlackChannel::PostUnder(const handoff::Notice& notice, Place& place) {
  TR_ASSIGN(const std::optional<std::string> there, Look(notice, place));
  if (there) return place.channel + ":" + *there;
  if (notice.kind == store::DeliveryKind::kPing) {
    const std::string user = UserOf(notice.person, place.timeout);
    // A name that rings nobody must at least be seen in the channel.
    return Say(notice, place, PingMessage(notice.card, notice.person, notice.role, user, notice.text), user.empty());
  }
  if (notice.kind == store::DeliveryKind::kThread) {
    return Say(notice, place, ThreadMessage(notice.card, notice.message, UserOf(notice.card.taken_by, place.timeout)),
               false);
  }
  return Say(notice, place, PlainMessage(notice.subject, notice.text), false);
}

Result<std::string> SlackChannel::Enter(const std::string& address, Duration timeout) {
  TR_ASSIGN(const SlackPlace place, ports_.directory.FindPlace(address, timeout));
  if (place.shared) {
    return Invalid(
        "the Slack channel " + address +
        " is shared with another company, who would read the customers' words; name another in the teams tab");
  }
  if (place.archived) return Permanent("the Slack channel " + address + " is archived; unarchive it");
  return place.id;
}

Result<std::string> SlackChannel::Post(const handoff::Notice& notice, const Call& call) {
  if (!IsSlackAddress(notice.address)) {
    return Invalid("this is no Slack channel: write #name or the channel's id into the teams tab");
  }
  Place place;
  place.timeout = std::clamp<Duration>(call.deadline - ports_.clock.Now(), kLeast, kPatience);
  if (notice.kind == store::DeliveryKind::kCardUpdate) return UpdateCard(notice, place);
  place.doubt = doubts_.Before(notice);
  Result<std::string> ref = Try(notice, place);
  if (ref) {
    doubts_.Forget(notice);
  } else {
    doubts_.Keep(notice, place.doubt);
  }
  return ref;
}

Result<std::string> SlackChannel::Try(const handoff::Notice& notice, Place& place) {
  TR_ASSIGN(place.channel, Enter(notice.address, place.timeout));
  if (notice.kind == store::DeliveryKind::kCard) return PostCard(notice, place);
  const auto [channel, ts] = SplitRef(notice.card_ref);
  if (channel == place.channel) place.thread = ts;
  return PostUnder(notice, place);
}

}  // namespace tr::channels
