#include <algorithm>
#include <array>

#include "rules/free_mail.h"
#include "rules/lint_parts.h"

namespace tr::rules {
namespace {

bool Asks(const std::vector<Condition>& conditions, ConditionKind kind, bool negated) {
  return std::any_of(conditions.begin(), conditions.end(),
                     [&](const Condition& one) { return one.kind == kind && one.negated == negated; });
}

std::string Never(const Bullet& bullet, const std::string& why) {
  return Quote(bullet.text) + " can never decide anything: " + why;
}

std::string LineOf(const Bullet& bullet) {
  return "line " + std::to_string(bullet.line) + " (" + Quote(bullet.text) + ")";
}

// Whether an address that fits `sender` always has its VIP entry among those that `wanted` says yes to.
template <typename Wanted>
bool AlwaysVip(const RuleBook& book, const Sender& sender, Effort& effort, Wanted wanted) {
  const Vip* nearest = nullptr;
  for (const Vip& vip : book.vips) {
    if (!effort.Spend()) return false;
    if (Covers(vip.sender, sender)) {
      if (nearest == nullptr || Covers(nearest->sender, vip.sender)) nearest = &vip;
    } else if (Covers(sender, vip.sender) && !wanted(vip)) {
      return false;
    }
  }
  return nearest != nullptr && wanted(*nearest);
}

// Whether a `from` lets through nobody but such VIPs.
template <typename Wanted>
bool OnlyVips(const RuleBook& book, const std::vector<Condition>& conditions, Effort& effort, Wanted wanted) {
  return std::any_of(conditions.begin(), conditions.end(), [&](const Condition& one) {
    return one.kind == ConditionKind::kFrom && !one.negated &&
           std::all_of(one.senders.begin(), one.senders.end(),
                       [&](const Sender& sender) { return AlwaysVip(book, sender, effort, wanted); });
  });
}

// The rules that are always in force.
struct StandardRule {
  std::string_view text;
  std::vector<Condition> conditions;
  Rank rank;
};

Condition Of(ConditionKind kind) {
  Condition made;
  made.kind = kind;
  made.tone = Tone::kAngry;
  made.urgency = Urgency::kHigh;
  return made;
}

Condition OfSignal(Signal signal) {
  Condition made = Of(ConditionKind::kSignal);
  made.signal = signal;
  return made;
}

const std::vector<StandardRule>& StandardRules() {
  static const std::vector<StandardRule> rules = {
      {"angry and high", {Of(ConditionKind::kTone), Of(ConditionKind::kUrgency)}, Rank::kEscalate},
      {"VIP and outage", {Of(ConditionKind::kVip), OfSignal(Signal::kOutage)}, Rank::kEscalate},
      {"angry", {Of(ConditionKind::kTone)}, Rank::kPriority},
      {"high", {Of(ConditionKind::kUrgency)}, Rank::kPriority},
      {"outage", {OfSignal(Signal::kOutage)}, Rank::kPriority},
      {"payment failure", {OfSignal(Signal::kPaymentFailure)}, Rank::kPriority},
      {"deadline", {OfSignal(Signal::kDeadline)}, Rank::kPriority},
      {"VIP", {Of(ConditionKind::kVip)}, Rank::kPriority},
  };
  return rules;
}

bool ReportStandard(const PriorityRule& rule, Effort& effort, Problems& problems) {
  if (rule.rank == Rank::kNormal) return false;
  for (const StandardRule& standard : StandardRules()) {
    if (standard.rank < rule.rank || !Covers(standard.conditions, rule.conditions, effort)) continue;
    problems.Warning(At(rule.bullet),
                     Never(rule.bullet, "the standard rule \"" + std::string(standard.text) + " -> " +
                                            std::string(Name(standard.rank)) + "\" does it already. Delete it."));
    return true;
  }
  return false;
}

// Whether `other` wins wherever both fit.
bool Beats(const PriorityRule& other, const PriorityRule& rule) {
  if (other.rank == Rank::kNormal) return true;
  return rule.rank != Rank::kNormal && other.rank >= rule.rank;
}

void ReportBeaten(const RuleBook& book, std::size_t index, Effort& effort, Problems& problems) {
  const PriorityRule& rule = book.priority_rules[index];
  for (std::size_t i = 0; i < book.priority_rules.size(); ++i) {
    const PriorityRule& other = book.priority_rules[i];
    if (!effort.Spend()) return;
    if (i == index || !Beats(other, rule) || !Covers(other.conditions, rule.conditions, effort)) continue;
    const bool same = other.rank == rule.rank && Covers(rule.conditions, other.conditions, effort);
    if (same && index < i) continue;
    const bool calmed = other.rank == Rank::kNormal && rule.rank != Rank::kNormal;
    problems.Warning(At(rule.bullet),
                     Never(rule.bullet, LineOf(other.bullet) +
                                            (calmed ? " makes the same tickets normal, which beats it. Change one of "
                                                      "the two."
                                                    : " fits the same tickets and does at least as much. Delete it.")));
    return;
  }
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  return text;
}

// An exception that is wider than it looks. Whoever names anger, VIPs or an outage has thought of them.
void ReportCalming(const PriorityRule& rule, Problems& problems) {
  if (rule.rank != Rank::kNormal || Asks(rule.conditions, ConditionKind::kFrom, false)) return;
  bool tone = false;
  bool outage = false;
  for (const Condition& one : rule.conditions) {
    tone = tone || (one.kind == ConditionKind::kTone && (!one.negated || one.tone == Tone::kAngry));
    outage = outage || (one.kind == ConditionKind::kSignal && one.signal == Signal::kOutage);
  }
  const bool vip =
      Asks(rule.conditions, ConditionKind::kVip, true) || Asks(rule.conditions, ConditionKind::kVip, false);
  std::vector<std::string> calmed;
  std::vector<std::string> add;
  if (!tone) {
    calmed.emplace_back("angry");
    add.emplace_back("and not angry");
  }
  if (!vip) {
    calmed.emplace_back("VIP");
    add.emplace_back("and not VIP");
  }
  if (add.empty()) return;
  if (!outage) calmed.emplace_back("outage");
  problems.Warning(At(rule.bullet), Quote(rule.bullet.text) + " also calms " + Joined(calmed) + " tickets. Add \"" +
                                        add.front() + (add.size() > 1 ? " " + add.back() : "") + "\".");
}

bool AllNegated(const std::vector<Condition>& conditions) {
  return std::all_of(conditions.begin(), conditions.end(), [](const Condition& one) { return one.negated; });
}

void LintNotTicket(const NotTicket& entry, Problems& problems) {
  const bool lanes_only = std::all_of(entry.conditions.begin(), entry.conditions.end(), [](const Condition& one) {
    return one.negated || one.kind == ConditionKind::kLaneIs;
  });
  if (AllNegated(entry.conditions) || lanes_only) {
    problems.Warning(At(entry.bullet), Quote(entry.bullet.text) +
                                           " sets aside nearly everything that comes that way. Name senders or "
                                           "words too.");
  }
  if (entry.conditions.size() != 1 || entry.conditions.front().negated) return;
  for (const Sender& sender : entry.conditions.front().senders) {
    if (!sender.whole_domain || !IsFreeMailDomain(std::string_view(sender.text).substr(1))) continue;
    problems.Warning(At(entry.bullet),
                     sender.text +
                         " is a free mail service: nobody there could write to you any more. Write whole "
                         "addresses.");
  }
}

}  // namespace

bool ReportImpossible(const Bullet& bullet, const std::vector<Condition>& conditions, const RuleBook& book,
                      Effort& effort, Problems& problems) {
  if (book.vips.empty() && Asks(conditions, ConditionKind::kVip, false)) {
    problems.Warning(At(bullet),
                     Never(bullet, "nobody is listed under \"VIP customers\". List somebody, or delete it."));
    return true;
  }
  if (!IsImpossible(conditions, effort)) return false;
  problems.Warning(At(bullet),
                   Never(bullet, "two of its conditions exclude one another. Delete one, or write two bullets."));
  return true;
}

void LintNotTickets(const RuleBook& book, Effort& effort, Problems& problems) {
  const auto any = [](const Vip&) { return true; };
  for (std::size_t i = 0; i < book.not_tickets.size(); ++i) {
    const NotTicket& entry = book.not_tickets[i];
    LintNotTicket(entry, problems);
    if (ReportImpossible(entry.bullet, entry.conditions, book, effort, problems)) continue;
    if (OnlyVips(book, entry.conditions, effort, any)) {
      problems.Warning(At(entry.bullet),
                       Never(entry.bullet, "these senders are VIPs, who are never set aside. Delete it."));
      continue;
    }
    for (std::size_t j = 0; j < i && effort.Spend(); ++j) {
      if (!Covers(book.not_tickets[j].conditions, entry.conditions, effort)) continue;
      problems.Warning(At(entry.bullet),
                       Never(entry.bullet, LineOf(book.not_tickets[j].bullet) + " fits the same mail. Delete it."));
      break;
    }
  }
}

void LintSpecialRoutes(const RuleBook& book, Effort& effort, Problems& problems) {
  const auto pinned = [](const Vip& vip) { return vip.goes_to.has_value(); };
  const bool all_pinned = std::all_of(book.vips.begin(), book.vips.end(), pinned);
  for (std::size_t i = 0; i < book.special_routes.size(); ++i) {
    const SpecialRoute& route = book.special_routes[i];
    if (ReportImpossible(route.bullet, route.conditions, book, effort, problems)) continue;
    const bool vip_only = all_pinned && Asks(route.conditions, ConditionKind::kVip, false);
    if (vip_only || OnlyVips(book, route.conditions, effort, pinned)) {
      problems.Warning(At(route.bullet),
                       Never(route.bullet,
                             "these customers have a \"goes to\" of their own under \"VIP customers\", which "
                             "comes first. Delete one of the two."));
      continue;
    }
    for (std::size_t j = 0; j < i && effort.Spend(); ++j) {
      const SpecialRoute& before = book.special_routes[j];
      if (!Covers(before.conditions, route.conditions, effort)) continue;
      problems.Warning(
          At(route.bullet),
          Never(route.bullet, LineOf(before.bullet) + " comes before it and fits the same tickets. Move it up, "
                                                      "or delete it."));
      break;
    }
  }
}

void LintPriorityRules(const RuleBook& book, Effort& effort, Problems& problems) {
  for (std::size_t i = 0; i < book.priority_rules.size(); ++i) {
    const PriorityRule& rule = book.priority_rules[i];
    if (ReportImpossible(rule.bullet, rule.conditions, book, effort, problems)) continue;
    ReportCalming(rule, problems);
    if (!ReportStandard(rule, effort, problems)) ReportBeaten(book, i, effort, problems);
  }
}

}  // namespace tr::rules
