#include <algorithm>

#include "base/text.h"
#include "rules/condition_parse.h"
#include "rules/doc.h"
#include "rules/suggest.h"

namespace tr::rules {
namespace {

// The action without quotes and without a full stop at its end.
std::string ActionOf(const RuleParts& parts, const Bullet& bullet) {
  const bool quoted = parts.action.size() == 1 && parts.action.front().kind == TokenKind::kQuoted;
  std::string_view text = quoted ? parts.action.front().text : TextOf(parts.action, bullet.text);
  while (text.ends_with('.') || text.ends_with(' ')) text.remove_suffix(1);
  return std::string(text);
}

std::string ListOf(DocList list) { return "\"" + std::string(Name(list)) + "\""; }

// What an action under Priority rules was meant to be, where another list has it.
std::string ActionHint(const std::string& action, const Names& names) {
  const std::string folded = NameKey(action);
  if (action.find('@') != std::string::npos || names.IsTeam(action)) {
    return " A team or person stands under " + ListOf(DocList::kSpecialRoutes) + ".";
  }
  if (ParseUrgency(folded)) return " Words that raise the urgency stand under " + ListOf(DocList::kUrgencyWords) + ".";
  if (folded == "hold") return " What is held stands under " + ListOf(DocList::kHoldLimits) + ".";
  return DidYouMean(action, {"escalate", "priority", "normal"});
}

void ReportAction(const std::string& action, const Names& names, const Bullet& bullet, Problems& problems) {
  const std::string hint = problems.MaySuggest() ? ActionHint(action, names) : std::string();
  problems.Error(At(bullet),
                 Quote(action) + ": no such action." + hint + " Actions are escalate, priority and normal.");
}

std::string_view NameOf(ConditionKind kind) {
  switch (kind) {
    case ConditionKind::kTone: return "how angry somebody is";
    case ConditionKind::kUrgency: return "the urgency";
    case ConditionKind::kVip: return "VIP";
    case ConditionKind::kSignal: return "outage, payment failure or deadline";
    case ConditionKind::kTopicIs: return "topic is";
    case ConditionKind::kLaneIs: return "lane is";
    case ConditionKind::kFrom: return "from";
    case ConditionKind::kSays: return "says";
    case ConditionKind::kSubjectSays: return "subject says";
  }
  return "";
}

bool AllowedBeforeReading(ConditionKind kind) {
  return kind == ConditionKind::kFrom || kind == ConditionKind::kSays || kind == ConditionKind::kSubjectSays ||
         kind == ConditionKind::kLaneIs;
}

}  // namespace

void ParsePriorityRule(const Bullet& bullet, RuleBook& book, Names& names, Problems& problems) {
  const std::optional<RuleParts> parts = SplitRule(bullet, problems);
  if (!parts) return;
  const std::string action = ActionOf(*parts, bullet);
  std::vector<Condition> conditions = ParseConditions(parts->conditions, action, bullet, names, problems);
  const std::optional<Rank> rank = action.size() > 20 ? std::nullopt : ParseRank(Fold(action));
  if (!rank) return ReportAction(action, names, bullet, problems);
  if (!conditions.empty()) book.priority_rules.push_back({bullet, std::move(conditions), *rank});
}

void ParseSpecialRoute(const Bullet& bullet, RuleBook& book, Names& names, Problems& problems) {
  const std::optional<RuleParts> parts = SplitRule(bullet, problems);
  if (!parts) return;
  const std::string action = ActionOf(*parts, bullet);
  std::vector<Condition> conditions = ParseConditions(parts->conditions, action, bullet, names, problems);
  if (ParseRank(Fold(CutText(action, 20))) && !names.IsTeam(action)) {
    problems.Error(At(bullet), Quote(action) + " is not a place. Move this bullet under " +
                                   ListOf(DocList::kPriorityRules) + ", or name a team or a person's address.");
    return;
  }
  std::optional<Place> place = names.FindPlace(action, action, At(bullet), problems);
  if (place && !conditions.empty()) book.special_routes.push_back({bullet, std::move(conditions), *std::move(place)});
}

void ParseNotTicket(const Bullet& bullet, RuleBook& book, Names& names, Problems& problems) {
  const TokenText read = Tokenize(bullet.text);
  if (!read.error.empty()) return problems.Error(At(bullet), read.error);
  const auto arrow = std::find_if(read.tokens.begin(), read.tokens.end(),
                                  [](const Token& token) { return token.kind == TokenKind::kArrow; });
  if (arrow != read.tokens.end()) {
    return problems.Error(At(bullet), Quote(bullet.text) +
                                          ": Not tickets have no arrow. Delete it and what follows; rules with an "
                                          "arrow stand under " +
                                          ListOf(DocList::kPriorityRules) + ".");
  }
  std::vector<Condition> conditions = ParseConditions(read.tokens, "", bullet, names, problems);
  for (const Condition& condition : conditions) {
    if (AllowedBeforeReading(condition.kind)) continue;
    return problems.Error(At(bullet), Quote(bullet.text) +
                                          ": this list is asked before anybody has read the ticket, so " +
                                          std::string(NameOf(condition.kind)) +
                                          " cannot be asked. Use from, says, subject says and lane is.");
  }
  if (!conditions.empty()) book.not_tickets.push_back({bullet, std::move(conditions)});
}

}  // namespace tr::rules
