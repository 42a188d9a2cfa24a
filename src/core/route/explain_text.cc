#include "route/explain_text.h"

#include "base/text.h"
#include "rules/hours.h"

namespace tr::route {
namespace {

constexpr int kMaxReasons = 3;
constexpr std::size_t kMaxRuleText = 120;  // bytes of a bullet, so that three fit into a log line
constexpr std::size_t kMaxHit = 40;

std::string ExplainPing(const Decision& decision, const rules::RuleBook& book, Time now) {
  if (decision.pings.empty()) return "nobody pinged";
  const Ping& ping = decision.pings.front();
  const std::string who = ping.person.empty() ? "the channel" : ping.role + " " + ping.person;
  if (ping.due <= now) return who + " now";
  static const rules::Team kUtc;
  const rules::Team* team = book.FindTeam(decision.team);
  return who + " at " + rules::FormatLocalTime(team == nullptr ? kUtc : *team, ping.due);
}

}  // namespace

std::string ExplainReason(const Reason& reason) {
  std::string text;
  if (reason.line > 0)
    text = reason.rule + (reason.rule == "topics" ? " row " : " line ") + std::to_string(reason.line) + ": ";
  text += CutText(Squeeze(reason.text), kMaxRuleText);
  if (!reason.hit.empty() && reason.hit != reason.text) text += " (" + CutText(Squeeze(reason.hit), kMaxHit) + ")";
  return text;
}

std::string ExplainLine(const Decision& decision, const rules::RuleBook& book, Time now) {
  std::string line = std::string(Name(decision.move)) + " → " + decision.team;
  if (!decision.person.empty()) line += ", " + decision.person;
  if (decision.move == Move::kHold && decision.rank != Rank::kNormal) line += ", " + std::string(Name(decision.rank));
  line += " (" + ExplainPing(decision, book, now) + ")";
  int told = 0;
  for (const Reason& reason : decision.reasons) {
    if (!reason.decided || told == kMaxReasons) continue;
    line += (told == 0 ? " because " : "; ") + ExplainReason(reason);
    ++told;
  }
  return line;
}

}  // namespace tr::route
