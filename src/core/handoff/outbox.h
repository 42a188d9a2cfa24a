#pragma once
// Delivers what stands in the outbox: the second of the two things that retry.
//
// A row is written before it is tried (attempts, and due_at as the end of the try) and after (delivered, or when to try
// again), so a crash in between makes it come again: at least once. A channel with a pace gets one notice at a time;
// what comes early waits its turn and does not count as a try. What belongs under a card waits until the card was
// posted. A ping whose ticket somebody took meanwhile is not made. A timer says nothing: it looks at its ticket and at
// the book in force (waiting.h). A transient fault waits with back-off, without an end; a permanent one falls back to
// the team's inbox, then to triage, then the row is failed and stands in the metrics and the log.

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
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
  std::atomic<std::int64_t> calls{0};  // made because nobody took a ticket in time
};

class Outbox {
 public:
  // `book` gives the book in force; `chance` gives 0 to 1. Both thread-safe.
  Outbox(OutboxPorts ports, Settings settings, std::function<rules::RuleBookPtr()> book,
         std::function<double()> chance);

  // Posts rows whose try has begun and stores the results together. What might not have ended by `until` is put off to
  // the next DeliverDue. Thread-safe. What is not stored comes again.
  void Deliver(const std::vector<Outgoing>& begun, Time until = Time::max());

  // Begins and delivers what is due on the channels that `serves` says (empty: all), at most `limit` rows; returns how
  // many it tried. Nothing is tried that might not have ended by `until`. Thread-safe: each thread serves channels of
  // its own. kTransient: the store did not answer.
  Result<int> DeliverDue(int limit, const store::ServesChannel& serves = {}, Time until = Time::max());

  const OutboxCounts& counts() const { return counts_; }

 private:
  // What became of a try. `channel_turn`: nothing goes to the row's channel before it. `begun`: the tries that the
  // stored row has; what was put off takes its own back.
  struct Tried {
    store::Delivery row;
    std::optional<Time> channel_turn;
    int begun = 0;
  };

  Tried Try(const Outgoing& outgoing, Time until);
  void FallBack(store::Delivery& delivery, const std::string& trouble);
  // Whether the row may go now; then the channel is taken until its next turn. Rows without a pace always may.
  bool TakeTurn(const store::Delivery& row);
  Time TurnOf(const std::string& channel);
  Duration PaceOf(const store::Delivery& row);
  void DeliverInTurn(const std::vector<Outgoing>& begun, Time until);
  void AddReasons(Outgoing& outgoing);
  Tried PutOff(store::Delivery row, Time until);

  // Where the ticket's card is, as far as a notice under it must know: posted as `ref`, or due at that time.
  struct CardPlace {
    std::string ref;
    std::optional<Time> due;
  };
  Result<Outgoing> Load(store::Delivery delivery, std::string& why_moot);
  void Redirect(store::Delivery& ping, const Ticket& ticket) const;
  void Ring(const store::Delivery& timer);
  CardPlace FindCard(const store::Delivery& row, const std::vector<Tried>& before);
  void Store(std::vector<Tried>& results);

  OutboxPorts ports_;
  Settings settings_;
  std::function<rules::RuleBookPtr()> book_;
  std::function<double()> chance_;
  OutboxCounts counts_;
  std::mutex turns_mutex_;
  std::map<std::string, Time> turns_;  // by channel: no notice before
};

}  // namespace tr::handoff
