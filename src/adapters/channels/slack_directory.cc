#include "channels/slack_directory.h"

#include <algorithm>

#include "base/text.h"

namespace tr::channels {
namespace {

namespace json = boost::json;

constexpr Duration kRemembered = std::chrono::minutes(10);
constexpr Duration kMissed = std::chrono::minutes(1);  // somebody may be making the channel just now
constexpr std::size_t kMostRemembered = 10'000;
constexpr int kMostPages = 50;
constexpr std::size_t kLongestName = 80;  // docs.slack.dev, conversations.create

bool Flag(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->as_bool();
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

SlackPlace PlaceOf(const json::object& channel) {
  return {Text(channel, "id"), Flag(channel, "is_archived"),
          Flag(channel, "is_ext_shared") || Flag(channel, "is_pending_ext_shared"),
          // Private channels are shown to their members only.
          Flag(channel, "is_member") || Flag(channel, "is_private")};
}

SlackPerson PersonOf(const json::object& user) {
  const bool outsider = Flag(user, "is_stranger") || Flag(user, "is_bot") || Flag(user, "deleted");
  return {Text(user, "id"), ToLowerAscii(Trim(Text(Inner(user, "profile"), "email"))), outsider};
}

std::string NextCursor(const json::object& answer) { return Text(Inner(answer, "response_metadata"), "next_cursor"); }

}  // namespace

bool IsSlackAddress(std::string_view address) {
  if (address.size() < 2) return false;
  const std::string_view name = address.substr(1);
  if (address[0] == '#') {
    return name.size() <= kLongestName && name.find_first_of(" \t\r\n,#@:<>|&/") == std::string_view::npos;
  }
  const auto is_id = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return (address[0] == 'C' || address[0] == 'G') && name.size() >= 2 && name.size() <= 20 &&
         std::all_of(name.begin(), name.end(), is_id);
}

template <typename Value>
std::optional<Value> SlackDirectory::Recall(const Memory<Value>& memory, const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto known = memory.find(key);
  if (known == memory.end() || known->second.until <= clock_.Now()) return std::nullopt;
  return known->second.value;
}

template <typename Value>
void SlackDirectory::Keep(Memory<Value>& memory, const std::string& key, const Value& value, Duration span) {
  const std::lock_guard lock(mutex_);
  if (memory.size() >= kMostRemembered) memory.clear();
  memory[key] = {value, clock_.Now() + span};
}

Result<void> SlackDirectory::ListPlaces(Duration timeout) {
  std::string cursor;
  for (int page = 0; page < kMostPages; ++page) {
    TR_ASSIGN(const json::object answer, client_.Read("conversations.list",
                                                      {{"types", "public_channel,private_channel"},
                                                       {"exclude_archived", "false"},
                                                       {"limit", "200"},
                                                       {"cursor", cursor}},
                                                      timeout));
    const json::value* channels = answer.if_contains("channels");
    if (channels != nullptr && channels->is_array()) {
      for (const json::value& channel : channels->as_array()) {
        if (!channel.is_object()) continue;
        const SlackPlace place = PlaceOf(channel.as_object());
        Keep(places_, "#" + Text(channel.as_object(), "name"), place, kRemembered);
        Keep(places_, place.id, place, kRemembered);
      }
    }
    cursor = NextCursor(answer);
    if (cursor.empty()) break;
  }
  return Ok();
}

Result<SlackPlace> SlackDirectory::FindPlace(const std::string& address, Duration timeout) {
  std::optional<SlackPlace> known = Recall(places_, address);
  if (!known && address[0] == '#') {
    TR_TRY(ListPlaces(timeout));
    known = Recall(places_, address);
    if (!known) Keep(places_, address, SlackPlace{}, kMissed);
  } else if (!known) {
    TR_ASSIGN(const json::object answer, client_.Read("conversations.info", {{"channel", address}}, timeout));
    known = PlaceOf(Inner(answer, "channel"));
    Keep(places_, address, *known, kRemembered);
  }
  if (known && !known->id.empty()) return *std::move(known);
  return Permanent("there is no Slack channel " + address +
                   " that the app can see; make it, or invite the app if it is private, or mend the teams tab");
}

Result<std::string> SlackDirectory::FindUser(const std::string& address, Duration timeout) {
  if (std::optional<std::string> known = Recall(users_, address)) return *std::move(known);
  const Result<json::object> answer = client_.Read("users.lookupByEmail", {{"email", address}}, timeout);
  if (!answer && SlackError(answer.fault()) != "users_not_found") return answer.fault();
  const SlackPerson person = answer ? PersonOf(Inner(*answer, "user")) : SlackPerson{};
  const std::string user = person.outsider ? "" : person.id;
  Keep(users_, address, user, kRemembered);
  return user;
}

Result<SlackPerson> SlackDirectory::FindPerson(const std::string& user, Duration timeout) {
  if (std::optional<SlackPerson> known = Recall(people_, user)) return *std::move(known);
  TR_ASSIGN(const json::object answer, client_.Read("users.info", {{"user", user}}, timeout));
  const SlackPerson person = PersonOf(Inner(answer, "user"));
  Keep(people_, user, person, kRemembered);
  return person;
}

Result<bool> SlackDirectory::IsMember(const std::string& channel, const std::string& user, Duration timeout) {
  const std::string key = channel + " " + user;
  if (const std::optional<bool> known = Recall(members_, key)) return *known;
  std::string cursor;
  for (int page = 0; page < kMostPages; ++page) {
    TR_ASSIGN(
        const json::object answer,
        client_.Read("conversations.members", {{"channel", channel}, {"limit", "200"}, {"cursor", cursor}}, timeout));
    const json::value* members = answer.if_contains("members");
    const bool found = members != nullptr && members->is_array() &&
                       std::any_of(members->as_array().begin(), members->as_array().end(), [&](const json::value& one) {
                         return one.is_string() && one.as_string() == std::string_view(user);
                       });
    cursor = NextCursor(answer);
    if (!found && !cursor.empty()) continue;
    Keep(members_, key, found, kRemembered);
    return found;
  }
  return false;
}

}  // namespace tr::channels
