#include "api/card_action.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "net/http_encoding.h"

namespace tr::api {
namespace {

constexpr std::size_t kMaxReasonBytes = 200;

std::string Words(const net::Fields& fields, const std::string& name) {
  std::string words = RepairUtf8(net::FindField(fields, name));
  std::erase(words, '\r');  // forms end lines with CRLF
  return words;
}

Result<correct::Action> BumpOf(const net::Fields& fields) {
  const std::optional<Urgency> urgency = ParseUrgency(std::string(net::FindField(fields, "urgency")));
  if (!urgency) return Invalid("Choose an urgency.");
  return correct::Action(correct::Bump{*urgency, CutText(Words(fields, "reason"), kMaxReasonBytes)});
}

Result<correct::Action> ReassignOf(const std::string& topic, const net::Fields& fields) {
  if (!topic.empty()) return correct::Action(correct::Reassign{topic, "", ""});
  const std::string_view to = net::FindField(fields, "to");
  const std::string name(to.substr(std::min(to.size(), to.find(':') + 1)));
  if (to.starts_with("topic:")) return correct::Action(correct::Reassign{name, "", ""});
  if (to.starts_with("team:")) return correct::Action(correct::Reassign{"", name, ""});
  if (to.starts_with("person:")) return correct::Action(correct::Reassign{"", "", ToLowerAscii(name)});
  return Invalid("Choose where it should go.");
}

Result<correct::Action> SplitOf(const net::Fields& fields) {
  correct::Split split;
  for (int n = 1; n <= kSplitParts; ++n) {
    correct::Part part{Words(fields, "topic" + std::to_string(n)), Words(fields, "text" + std::to_string(n))};
    if (part.topic.empty() && Trim(part.text).empty()) continue;
    if (part.topic.empty() || Trim(part.text).empty()) {
      return Invalid("Give each part a topic and its words; leave both of a part empty where there is none.");
    }
    split.parts.push_back(std::move(part));
  }
  if (split.parts.size() < 2) return Invalid("A split has two to five parts.");
  return correct::Action(std::move(split));
}

}  // namespace

Result<correct::Action> ActionOf(const channels::CardLink& link, const net::Fields& fields) {
  if (link.action == "take") return correct::Action(correct::Take{});
  if (link.action == "done") return correct::Action(correct::Done{});
  if (link.action == "release") return correct::Action(correct::Release{});
  if (link.action == "undo") return correct::Action(correct::Undo{});
  if (link.action == "restore") return correct::Action(correct::Restore{});
  if (link.action == "bump") return BumpOf(fields);
  if (link.action == "reassign") return ReassignOf(link.topic, fields);
  if (link.action == "split") return SplitOf(fields);
  return Invalid("This link is for an action that is not offered here.");
}

}  // namespace tr::api
