#pragma once
// The queues looked through for what waits: the list of the untaken, and clocks that a new book starts.

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

// When a new book comes in force: whatever waits already gets the timer that it gives. Dying in between leaves some
// without: they stand in the list all the same. Faults: the store's.
Result<void> StartClocks(store::Queues& queues, store::Deliveries& deliveries, store::Ledger& ledger,
                         const rules::RuleBook& book, Time now);

}  // namespace tr::handoff
