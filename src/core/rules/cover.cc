#include "rules/cover.h"

#include <algorithm>

#include "rules/match.h"

namespace tr::rules {
namespace {

bool IsSearch(const Condition& condition) {
  return condition.kind == ConditionKind::kSays || condition.kind == ConditionKind::kSubjectSays;
}

// Whether the words of `wide` are found in `narrow` from word `at` on.
bool CoversAt(const Phrase& wide, const Phrase& narrow, std::size_t at) {
  for (std::size_t i = 0; i < wide.words.size(); ++i) {
    const bool wide_open = wide.open_end && i + 1 == wide.words.size();
    const bool narrow_open = narrow.open_end && at + i + 1 == narrow.words.size();
    const std::string& word = narrow.words[at + i];
    if (wide_open ? !word.starts_with(wide.words[i]) : narrow_open || word != wide.words[i]) return false;
  }
  return true;
}

// Whether each entry of `narrow` is covered by one of `wide`.
template <typename Entry, typename Test>
bool EachCovered(const std::vector<Entry>& wide, const std::vector<Entry>& narrow, Effort& effort, Test covers) {
  return std::all_of(narrow.begin(), narrow.end(), [&](const Entry& one) {
    return std::any_of(wide.begin(), wide.end(),
                       [&](const Entry& other) { return effort.Spend() && covers(other, one); });
  });
}

template <typename Entry, typename Test>
bool NoneShared(const std::vector<Entry>& some, const std::vector<Entry>& others, Effort& effort, Test shares) {
  return std::all_of(some.begin(), some.end(), [&](const Entry& one) {
    return std::none_of(others.begin(), others.end(),
                        [&](const Entry& other) { return !effort.Spend() || shares(one, other); });
  });
}

const auto kSame = [](const auto& a, const auto& b) { return a == b; };
const auto kCovers = [](const auto& wide, const auto& narrow) { return Covers(wide, narrow); };
const auto kOverlap = [](const Sender& a, const Sender& b) { return Covers(a, b) || Covers(b, a); };

// Both positive or both negated: `narrow`'s entries lie within `wide`'s.
bool ListWithin(const Condition& wide, const Condition& narrow, Effort& effort) {
  switch (wide.kind) {
    case ConditionKind::kTone: return wide.tone == narrow.tone;
    case ConditionKind::kUrgency: return wide.urgency == narrow.urgency;
    case ConditionKind::kVip: return true;
    case ConditionKind::kSignal: return wide.signal == narrow.signal;
    case ConditionKind::kTopicIs: return EachCovered(wide.topics, narrow.topics, effort, kSame);
    case ConditionKind::kLaneIs: return EachCovered(wide.lanes, narrow.lanes, effort, kSame);
    case ConditionKind::kFrom: return EachCovered(wide.senders, narrow.senders, effort, kCovers);
    case ConditionKind::kSays:
    case ConditionKind::kSubjectSays: return EachCovered(wide.phrases, narrow.phrases, effort, kCovers);
  }
  return false;
}

// Whether two positive conditions can never fit together.
bool Exclude(const Condition& a, const Condition& b, Effort& effort) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case ConditionKind::kTone: return a.tone != b.tone;
    case ConditionKind::kUrgency: return a.urgency != b.urgency;
    case ConditionKind::kTopicIs: return NoneShared(a.topics, b.topics, effort, kSame);
    case ConditionKind::kLaneIs: return NoneShared(a.lanes, b.lanes, effort, kSame);
    case ConditionKind::kFrom: return NoneShared(a.senders, b.senders, effort, kOverlap);
    case ConditionKind::kVip:
    case ConditionKind::kSignal:
    case ConditionKind::kSays:
    case ConditionKind::kSubjectSays: return false;
  }
  return false;
}

// Whether `then` fits whenever `given` does.
bool Implies(const Condition& given, const Condition& then, Effort& effort) {
  if (!effort.Spend()) return false;
  if (!given.negated && then.negated) return Exclude(given, then, effort);
  if (given.negated != then.negated) return false;
  const Condition& wide = given.negated ? given : then;
  const Condition& narrow = given.negated ? then : given;
  // What stands in the subject stands in subject or text.
  const bool comparable = wide.kind == narrow.kind || (wide.kind == ConditionKind::kSays && IsSearch(narrow));
  return comparable && ListWithin(wide, narrow, effort);
}

}  // namespace

bool Covers(const Phrase& wide, const Phrase& narrow) {
  for (std::size_t at = 0; at + wide.words.size() <= narrow.words.size(); ++at) {
    if (CoversAt(wide, narrow, at)) return true;
  }
  return false;
}

bool Covers(const Sender& wide, const Sender& narrow) {
  if (!narrow.whole_domain) return Fits(wide, narrow.text);
  return wide.whole_domain && Fits(wide, "x" + narrow.text);
}

bool Covers(const std::vector<Condition>& wide, const std::vector<Condition>& narrow, Effort& effort) {
  return std::all_of(wide.begin(), wide.end(), [&](const Condition& then) {
    return std::any_of(narrow.begin(), narrow.end(),
                       [&](const Condition& given) { return Implies(given, then, effort); });
  });
}

bool IsImpossible(const std::vector<Condition>& conditions, Effort& effort) {
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    Condition against = conditions[i];
    against.negated = !against.negated;
    for (std::size_t j = 0; j < conditions.size() && !effort.spent(); ++j) {
      if (i != j && Implies(conditions[j], against, effort)) return true;
    }
  }
  return false;
}

}  // namespace tr::rules
