#include "rules/book.h"

#include <algorithm>

#include "base/text.h"

namespace tr::rules {
namespace {

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Each decision asks this for every topic and team it touches: the common cases must not fold.
template <typename Named>
const Named* FindByName(const std::vector<Named>& all, std::string_view name) {
  for (const Named& one : all) {
    if (one.name == name) return &one;
  }
  for (const Named& one : all) {
    if (EqualsIgnoreCaseAscii(one.name, name)) return &one;
  }
  if (IsAscii(name)) return nullptr;
  const std::string folded = Fold(name);
  for (const Named& one : all) {
    if (!IsAscii(one.name) && Fold(one.name) == folded) return &one;
  }
  return nullptr;
}

bool Names(const std::vector<std::string>& people, std::string_view person) {
  return std::any_of(people.begin(), people.end(),
                     [&](const std::string& one) { return EqualsIgnoreCaseAscii(one, person); });
}

}  // namespace

const Topic* RuleBook::FindTopic(std::string_view name) const { return FindByName(topics, name); }

const Team* RuleBook::FindTeam(std::string_view name) const { return FindByName(teams, name); }

const Team* RuleBook::TeamOf(std::string_view person) const {
  if (person.empty()) return nullptr;
  for (const Team& team : teams) {
    if (Names(team.members, person)) return &team;
  }
  for (const Team& team : teams) {
    if (EqualsIgnoreCaseAscii(team.lead, person)) return &team;
  }
  for (const Team& team : teams) {
    if (EqualsIgnoreCaseAscii(team.manager, person)) return &team;
  }
  return nullptr;
}

std::string_view RuleBook::RoleOf(std::string_view person) const {
  if (person.empty()) return "";
  bool member = false;
  for (const Team& team : teams) {
    if (EqualsIgnoreCaseAscii(team.lead, person) || EqualsIgnoreCaseAscii(team.manager, person)) return "lead";
    member = member || Names(team.members, person);
  }
  return member ? "agent" : "";
}

}  // namespace tr::rules
