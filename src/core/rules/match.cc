#include "rules/match.h"

#include <algorithm>

namespace tr::rules {
namespace {

// The words of the rule that made a condition fit; empty where the condition has none, such as `angry`.
struct Fitted {
  bool fits = false;
  std::string_view by;
};

template <typename Entries, typename Test>
Fitted Any(const Entries& entries, Test fits) {
  const auto found = std::find_if(entries.begin(), entries.end(), fits);
  if (found == entries.end()) return {};
  if constexpr (requires { found->text; }) {
    return {true, found->text};
  } else if constexpr (requires { std::string_view(*found); }) {
    return {true, *found};
  } else {
    return {true, {}};
  }
}

Fitted Ask(const Condition& condition, const Facts& facts) {
  switch (condition.kind) {
    case ConditionKind::kTone: return {facts.tone == condition.tone, {}};
    case ConditionKind::kUrgency: return {facts.urgency == condition.urgency, {}};
    case ConditionKind::kVip: return {facts.vip, {}};
    case ConditionKind::kSignal: return {facts.signals.Has(condition.signal), {}};
    case ConditionKind::kTopicIs:
      return Any(condition.topics, [&](const std::string& topic) { return !topic.empty() && topic == facts.topic; });
    case ConditionKind::kLaneIs: return Any(condition.lanes, [&](Lane lane) { return lane == facts.lane; });
    case ConditionKind::kFrom:
      if (facts.sender_failed) return {};
      return Any(condition.senders, [&](const Sender& sender) { return Fits(sender, facts.from); });
    case ConditionKind::kSays:
      if (facts.text == nullptr) return {};
      return Any(condition.phrases, [&](const Phrase& phrase) { return facts.text->Says(phrase); });
    case ConditionKind::kSubjectSays:
      if (facts.text == nullptr) return {};
      return Any(condition.phrases, [&](const Phrase& phrase) { return facts.text->SubjectSays(phrase); });
  }
  return {};
}

// A whole address before any domain, a longer domain before a shorter.
bool Narrower(const Sender& a, const Sender& b) {
  if (a.whole_domain != b.whole_domain) return !a.whole_domain;
  return a.text.size() > b.text.size();
}

}  // namespace

bool Fits(const Sender& sender, std::string_view address) {
  if (sender.text.empty()) return false;
  if (!sender.whole_domain) return address == sender.text;
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) return false;
  // "@globex.example" against "@globex.example" or "@eu" + ".globex.example": what stands before must end in @ or a
  // dot.
  const std::string_view host = address.substr(at + 1);
  const std::string_view domain = std::string_view(sender.text).substr(sender.text.front() == '@' ? 1 : 0);
  if (domain.empty() || !host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

bool Fit(const std::vector<Condition>& conditions, const Facts& facts, std::string* hit) {
  std::string_view by;
  for (const Condition& condition : conditions) {
    const Fitted fitted = Ask(condition, facts);
    if (fitted.fits == condition.negated) return false;
    if (by.empty()) by = fitted.by;
  }
  if (hit != nullptr) hit->assign(by);
  return true;
}

const Vip* FindVip(const RuleBook& book, std::string_view address, bool sender_failed) {
  if (sender_failed || address.empty()) return nullptr;
  const Vip* found = nullptr;
  for (const Vip& vip : book.vips) {
    if (Fits(vip.sender, address) && (found == nullptr || Narrower(vip.sender, found->sender))) found = &vip;
  }
  return found;
}

const NotTicket* FindNotTicket(const RuleBook& book, const Facts& facts) {
  if (book.not_tickets.empty() || facts.vip || FindVip(book, facts.from, facts.sender_failed) != nullptr)
    return nullptr;
  const auto found = std::find_if(book.not_tickets.begin(), book.not_tickets.end(),
                                  [&](const NotTicket& entry) { return Fit(entry.conditions, facts, nullptr); });
  return found == book.not_tickets.end() ? nullptr : &*found;
}

}  // namespace tr::rules
