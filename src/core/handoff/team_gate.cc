#include <algorithm>

#include "handoff/gates.h"

namespace tr::handoff {
namespace {

std::string InboxOf(const rules::Team* team, const ChannelKinds& kinds) {
  return team != nullptr && kinds.mail && !team->inbox.empty() ? "mail:" + team->inbox : "";
}

std::string SlackOf(const rules::Team* team, const ChannelKinds& kinds) {
  return team != nullptr && kinds.slack && !team->slack_channel.empty() ? "slack:" + team->slack_channel : "";
}

}  // namespace

std::string ChannelOf(const rules::RuleBook& book, const std::string& team, int level, const ChannelKinds& kinds) {
  const rules::Team* own = book.FindTeam(team);
  const rules::Team* triage = book.FindTeam(book.triage);
  const std::string steps[] = {SlackOf(own, kinds), InboxOf(own, kinds), InboxOf(triage, kinds),
                               SlackOf(triage, kinds)};
  for (int i = std::clamp(level, 0, 2); i < 4; ++i) {
    if (!steps[i].empty()) return steps[i];
  }
  return "log:";
}

TeamGate PassTeam(const Decision& decision, const rules::RuleBook& book, const ChannelKinds& kinds) {
  TeamGate gate;
  const rules::Team* team = book.FindTeam(decision.team);
  gate.team = team != nullptr ? team->name : book.triage;
  gate.person = team != nullptr ? decision.person : "";
  gate.channel = ChannelOf(book, gate.team, 0, kinds);
  gate.result = {"team", gate.team + (gate.person.empty() ? "" : " (" + gate.person + ")") + ", " + gate.channel};
  return gate;
}

}  // namespace tr::handoff
