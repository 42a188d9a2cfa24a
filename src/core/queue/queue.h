#pragma once
// In: base, ticket. Out: the Queue port between the gate and the worker, and the only retry arithmetic. Never: a
// ticket's contents (ids only). Start at: Queue.

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace tr::queue {

// What waits to be worked: one message of one ticket.
struct Item {
  std::string ticket;
  int message = 1;
  bool operator==(const Item&) const = default;
};

// An item that one worker holds until its visibility time-out; then another may get it.
struct Lease {
  Item item;
  std::string handle;  // names this lease; of no use once the time-out has passed
  int attempts = 1;    // how often the item has been received, this time included
  Time sent_at{};
};

// At least once, in no strict order. Every method is thread-safe; each may be kTransient.
class Queue {
 public:
  virtual ~Queue() = default;

  // The item comes, unless the process or the power ends first; the sweeper queues again what the ledger holds and
  // nobody has handled. An item that waits already may be there twice afterwards.
  virtual Result<void> Send(const Item& item, Duration delay) = 0;

  // Up to `max` (1 to 64) visible items, oldest first, hidden from others for `visibility`; waits up to `wait` for the
  // first one. Empty when none came.
  virtual Result<std::vector<Lease>> Receive(int max, Duration visibility, Duration wait) = 0;

  // The work is done: the items never come again. A handle whose time-out has passed is ignored.
  virtual Result<void> Acknowledge(const std::vector<std::string>& handles) = 0;

  // The item comes again after `delay`.
  virtual Result<void> Release(const std::string& handle, Duration delay) = 0;

  // The item goes to the dead letters, with the reason (no customer's words).
  virtual Result<void> Bury(const std::string& handle, const std::string& reason) = 0;
};

struct DeadLetter {
  std::string id;
  Item item;
  std::string reason;
  int attempts = 0;
  Time buried_at{};
};

class DeadLetters {
 public:
  virtual ~DeadLetters() = default;
  // Oldest first.
  virtual Result<std::vector<DeadLetter>> List(int limit) = 0;
  // Sends the item again, with attempts from zero, and forgets the letter. kNotFound: no such letter.
  virtual Result<void> Redrive(const std::string& id) = 0;
};

// How long an item or a delivery waits after its `attempts`th try failed: 1 s doubled each time, at most `cap`, of
// which between half and all by `chance` (0 to 1), so that what failed together does not come back together.
Duration Backoff(int attempts, double chance, Duration cap = std::chrono::minutes(5));

// After so many tries an item that fails for a reason other than its reader is buried: with Backoff, about 2 minutes.
inline constexpr int kMaxAttempts = 8;

}  // namespace tr::queue
