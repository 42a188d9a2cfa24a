#pragma once
// The list of the untaken: what nobody took in its time.

#include <vector>

#include "rules/book.h"
#include "store/ledger.h"

namespace tr::handoff {

struct Untaken {
  Ticket ticket;
  Time late_since{};  // when its Take within, or the first Hold limit, ran out
  int calls = 0;      // how far it was called out by now: 1 the lead, 2 the manager, 3 triage
};

// So many of a team's queue are looked at.
inline constexpr int kMaxUntakenLooked = 10'000;

// Of every team's queue, by the book in force at `now`; the latest first. kTransient: the store did not answer.
Result<std::vector<Untaken>> FindUntaken(store::Queues& queues, const rules::RuleBook& book, Time now);

}  // namespace tr::handoff
