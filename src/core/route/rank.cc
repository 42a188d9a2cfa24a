#include "route/rank.h"

#include <algorithm>
#include <array>

namespace tr::route {
namespace {

using rules::Facts;

struct StandardRule {
  std::string_view text;
  Rank rank;
  bool (*fits)(const Facts& facts);
};

bool IsAngry(const Facts& facts) { return facts.tone == Tone::kAngry; }
bool IsHigh(const Facts& facts) { return facts.urgency == Urgency::kHigh; }
bool IsOutage(const Facts& facts) { return facts.signals.Has(Signal::kOutage); }

constexpr std::array<StandardRule, 8> kStandardRules = {{
    {"angry and high", Rank::kEscalate, [](const Facts& facts) { return IsAngry(facts) && IsHigh(facts); }},
    {"VIP and outage", Rank::kEscalate, [](const Facts& facts) { return facts.vip && IsOutage(facts); }},
    {"angry", Rank::kPriority, IsAngry},
    {"high", Rank::kPriority, IsHigh},
    {"outage", Rank::kPriority, IsOutage},
    {"payment failure", Rank::kPriority, [](const Facts& facts) { return facts.signals.Has(Signal::kPaymentFailure); }},
    {"deadline", Rank::kPriority, [](const Facts& facts) { return facts.signals.Has(Signal::kDeadline); }},
    {"VIP", Rank::kPriority, [](const Facts& facts) { return facts.vip; }},
}};

// The bullet behind a standard rule, where a word or an entry of the book made it fit.
void MarkCause(Inquiry& inquiry, std::string_view standard_rule) {
  if (standard_rule.starts_with("VIP")) inquiry.MarkDecided(inquiry.vip_reason());
  if (standard_rule.ends_with("outage")) inquiry.MarkDecided(inquiry.signal_reason(Signal::kOutage));
  if (standard_rule == "payment failure") inquiry.MarkDecided(inquiry.signal_reason(Signal::kPaymentFailure));
  if (standard_rule == "deadline") inquiry.MarkDecided(inquiry.signal_reason(Signal::kDeadline));
}

// A priority rule that fits, and the word that made it fit.
struct Fitting {
  const rules::PriorityRule* rule;
  std::string hit;
};

std::vector<Fitting> FindFitting(const Inquiry& inquiry) {
  std::vector<Fitting> fitting;
  std::string hit;
  for (const rules::PriorityRule& rule : inquiry.book().priority_rules) {
    if (rules::Fit(rule.conditions, inquiry.facts(), &hit)) fitting.push_back({&rule, hit});
  }
  std::stable_sort(fitting.begin(), fitting.end(),
                   [](const Fitting& a, const Fitting& b) { return a.rule->bullet.line < b.rule->bullet.line; });
  return fitting;
}

// The exception beats any rank, a higher rank a lower, and among equals the first stays.
bool Beats(Rank rank, const std::optional<Rank>& best) {
  if (!best) return true;
  if (*best == Rank::kNormal) return false;
  return rank == Rank::kNormal || rank > *best;
}

}  // namespace

Loudness FindLoudness(Inquiry& inquiry) {
  std::optional<Rank> best;
  ReasonAt decided;
  for (Fitting& fitting : FindFitting(inquiry)) {
    const std::size_t reason = inquiry.AddBullet(fitting.rule->bullet, std::move(fitting.hit));
    if (!Beats(fitting.rule->rank, best)) continue;
    best = fitting.rule->rank;
    decided = reason;
  }
  std::string_view standard;
  for (const StandardRule& rule : kStandardRules) {
    if (!rule.fits(inquiry.facts())) continue;
    const std::size_t reason = inquiry.AddStandard(rule.text);
    if (!Beats(rule.rank, best)) continue;
    best = rule.rank;
    decided = reason;
    standard = rule.text;
  }
  inquiry.MarkDecided(decided);
  MarkCause(inquiry, standard);
  return {best.value_or(Rank::kNormal), decided};
}

}  // namespace tr::route
