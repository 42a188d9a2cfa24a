#pragma once
// The sweeper: finds what fell between two writes, once a minute and at the start.

#include <functional>

#include "base/clock.h"
#include "base/log.h"
#include "handoff/plan.h"
#include "queue/queue.h"
#include "rules/book.h"
#include "store/ledger.h"

namespace tr::pipeline {

struct SweepPorts {
  store::Ledger& ledger;
  store::Tickets& tickets;
  store::Queues& queues;
  store::Eraser& eraser;
  queue::Queue& queue;
  Clock& clock;
  Log& log;
  std::function<rules::RuleBookPtr()> book = {};  // the book in force: where cards are
};

struct SweepSettings {
  // A message received for longer and still unhandled is queued again. Longer than a queue's patience (Backoff up to
  // kMaxAttempts) and than it hides an item from others, so that nothing waits twice; 0 at the start of the only
  // process, when nobody else can have it.
  Duration unhandled_after = std::chrono::minutes(10);
  Duration done_after = std::chrono::days(3);   // a taken ticket untouched for so long is done; 0: never
  Duration keep_texts = std::chrono::days(90);  // of tickets that ended; 0: for ever
  Duration keep_rows = std::chrono::days(30);   // delivered outbox rows
  handoff::Settings handoff = {};
};

struct Swept {
  int requeued = 0;
  int finished = 0;
  int erased = 0;
};

// Each part is tried even when another fails; the first fault is returned then. Bounded work: at most 1,000 of each.
Result<Swept> Sweep(const SweepPorts& ports, const SweepSettings& settings);

// Only what was received and not handled: what a start does first. A ticket that cannot be read keeps no other from it;
// its fault is returned at the end. What is dead-lettered waits for a human.
Result<int> RequeueUnhandled(const SweepPorts& ports, Duration older_than);

}  // namespace tr::pipeline
