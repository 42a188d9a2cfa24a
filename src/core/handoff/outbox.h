#pragma once
// Delivers what stands in the outbox: the second of the two things that retry.
//
// A row is written before it is tried (attempts, and due_at as the end of the try) and after (delivered, or when to try
// again), so a crash in between makes it come again: at least once. A ping whose ticket somebody took meanwhile is not
// made. A transient fault waits with back-off, without an end; a permanent one falls back to the team's inbox, then to
// triage, then the row is failed and stands in the metrics and the log.

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "handoff/channel.h"
#include "handoff/plan.h"
#include "rules/book.h"
#include "store/ledger.h"

namespace tr::handoff {

struct OutboxPorts {
  store::Ledger& ledger;
  store::Tickets& tickets;
  store::Deliveries& deliveries;
  store::Audit& audit;
  Channels& channels;
  Clock& clock;
  Log& log;
};

// Counts since the start, for /metrics.
struct OutboxCounts {
  std::atomic<std::int64_t> delivered{0};
  std::atomic<std::int64_t> delayed{0};
  std::atomic<std::int64_t> fell_back{0};
  std::atomic<std::int64_t> failed{0};
};

class Outbox {
 public:
  // `book` gives the book in force; `chance` gives 0 to 1. Both thread-safe.
  Outbox(OutboxPorts ports, Settings settings, std::function<rules::RuleBookPtr()> book,
         std::function<double()> chance);

  // Posts rows whose try has begun and stores the results together. Thread-safe. What is not stored comes again.
  void Deliver(const std::vector<Outgoing>& begun);

  // Begins and delivers what is due, at most `limit` rows; returns how many it tried. kTransient: the store did not
  // answer.
  Result<int> DeliverDue(int limit);

  const OutboxCounts& counts() const { return counts_; }

 private:
  // What became of a try; `channel_waits`: the channel itself said when to come back, for everything that goes there.
  struct Tried {
    store::Delivery row;
    bool channel_waits = false;
  };

  Tried Try(const Outgoing& outgoing);
  void FallBack(store::Delivery& delivery, const std::string& trouble);
  Result<Outgoing> Load(store::Delivery delivery);
  std::string FindCardRef(const store::Delivery& row, const std::vector<Tried>& before);
  void Store(const std::vector<Tried>& results);

  OutboxPorts ports_;
  Settings settings_;
  std::function<rules::RuleBookPtr()> book_;
  std::function<double()> chance_;
  OutboxCounts counts_;
};

// The latest decision's reasons in a ticket's audit; empty when there is none.
std::vector<Reason> LatestReasons(const std::vector<store::AuditRow>& audit);

}  // namespace tr::handoff
