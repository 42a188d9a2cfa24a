#include "rules/names.h"

#include <algorithm>

#include "base/text.h"
#include "rules/sheet_cells.h"
#include "rules/suggest.h"

namespace tr::rules {
namespace {

constexpr std::size_t kMostMembersCompared = 500;

// Made once for all errors that show it: a hostile book has thousands of names and errors.
const std::string& SortedListing(const std::vector<std::string>& names, std::string& made) {
  if (made.empty()) {
    std::vector<std::string> sorted = names;
    std::sort(sorted.begin(), sorted.end());
    made = Listing(sorted);
  }
  return made;
}

}  // namespace

std::string NameKey(std::string_view name) { return Fold(Squeeze(name)); }

std::optional<int> Names::AddTeam(const Team& team) {
  const auto [known, fresh] = teams_.try_emplace(NameKey(team.name), team.name, team.row);
  for (const std::string& member : team.members) {
    if (member_of_.try_emplace(member, known->second.first).second) members_.push_back(member);
    people_[member] = true;
  }
  if (!team.lead.empty()) people_[team.lead] = true;
  if (!team.manager.empty()) people_[team.manager] = true;
  if (!fresh) return known->second.second;
  team_list_.push_back(team.name);
  team_listing_.clear();
  return std::nullopt;
}

std::optional<int> Names::AddTopic(const Topic& topic) {
  const auto [known, fresh] = topics_.try_emplace(NameKey(topic.name), topic.name, topic.row);
  if (!fresh) return known->second.second;
  topic_list_.push_back(topic.name);
  topic_listing_.clear();
  return std::nullopt;
}

void Names::SwitchOffTopic(std::string_view name, int row) { switched_off_.try_emplace(NameKey(name), row); }

bool Names::IsTeam(std::string_view name) const { return teams_.contains(NameKey(name)); }

std::optional<Place> Names::FindPlace(std::string_view text, std::string_view said, const Where& where,
                                      Problems& problems) {
  if (text.find('@') != std::string_view::npos) return FindPerson(text, where, problems);
  const auto known = teams_.find(NameKey(text));
  if (known != teams_.end()) return Place{known->second.first, ""};
  if (!teams_readable_) return std::nullopt;
  const std::string mend = problems.MaySuggest() ? DidYouMean(text, team_list_) : std::string();
  problems.Error(where,
                 Quote(said) + ": no such team." + mend + " Teams: " + SortedListing(team_list_, team_listing_) + ".");
  return std::nullopt;
}

std::optional<Place> Names::FindPerson(std::string_view text, const Where& where, Problems& problems) {
  const Result<std::string> address = ParseAddress(text);
  if (!address.ok()) {
    problems.Error(where, address.fault().text);
    return std::nullopt;
  }
  const auto team = member_of_.find(*address);
  if (team != member_of_.end()) return Place{team->second, *address};
  if (!teams_readable_) return std::nullopt;
  const std::string near = problems.MaySuggest() ? NearMember(*address) : std::string();
  problems.Error(where,
                 *address + " is in no team's Members, so has no queue. " +
                     (near.empty() ? "Add him to a team." : "Did you mean " + near + "? Else add him to a team."));
  return std::nullopt;
}

// A slip in the part before the @: colleagues' short names are near one another, so one edit only.
std::string Names::NearMember(const std::string& address) const {
  const std::size_t at = address.find('@');
  for (std::size_t i = 0; i < std::min(members_.size(), kMostMembersCompared); ++i) {
    const std::string& member = members_[i];
    const std::size_t member_at = member.find('@');
    const bool near_name = EditDistance(address.substr(0, at), member.substr(0, member_at)) <= 1;
    const bool near_domain = EditDistance(address.substr(at), member.substr(member_at)) <= 2;
    if (near_name && near_domain) return member;
  }
  return {};
}

std::optional<std::string> Names::FindTopic(std::string_view name, const Where& where, Problems& problems) {
  const std::string key = NameKey(name);
  const auto known = topics_.find(key);
  if (known != topics_.end()) return known->second.first;
  if (!topics_readable_) return std::nullopt;
  const auto off = switched_off_.find(key);
  if (key == kUnsure) {
    problems.Error(where, "\"topic is unsure\": an unsure topic fits no \"topic is\". Hold limits say what is unsure.");
  } else if (off != switched_off_.end()) {
    problems.Error(where, Quote("topic is " + std::string(name)) + ": that topic is switched off (topics row " +
                              std::to_string(off->second) + " starts with #). Switch it on, or delete it here.");
  } else {
    const std::string mend = problems.MaySuggest() ? TopicHint(name) : std::string();
    problems.Error(where, Quote("topic is " + std::string(name)) + ": no such topic." + mend +
                              " Topics: " + SortedListing(topic_list_, topic_listing_) + ".");
  }
  return std::nullopt;
}

// "not refund" belongs in front; "terms" where the sheet knows "terms and conditions" needs quotes.
std::string Names::TopicHint(std::string_view name) const {
  const std::string key = NameKey(name);
  if (key.starts_with("not ")) return " Write \"not\" in front: \"not topic is " + key.substr(4) + "\".";
  for (std::size_t i = 0; i < std::min(topic_list_.size(), kMostMembersCompared); ++i) {
    const std::string known = NameKey(topic_list_[i]);
    if (known.starts_with(key + " and ") || known.starts_with(key + " or ") || known.starts_with(key + ",")) {
      return " Put quotes around it: \"" + topic_list_[i] + "\".";
    }
  }
  return DidYouMean(name, topic_list_);
}

}  // namespace tr::rules
