#pragma once
// The queue and its dead letters, in memory.

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "queue/queue.h"

namespace tr::testing {

// Delays and visibility go by the clock that is given; only the waiting of Receive takes real time (at most `wait`).
class MemoryQueue : public queue::Queue, public queue::DeadLetters {
 public:
  // REQUIRES: the clock outlives the queue.
  explicit MemoryQueue(const Clock& clock) : clock_(clock) {}

  Result<void> Send(const queue::Item& item, Duration delay) override;
  Result<std::vector<queue::Lease>> Receive(int max, Duration visibility, Duration wait) override;
  Result<void> Acknowledge(const std::vector<std::string>& handles) override;
  Result<void> Release(const std::string& handle, Duration delay) override;
  Result<void> Bury(const std::string& handle, const std::string& reason) override;

  Result<std::vector<queue::DeadLetter>> List(int limit) override;
  Result<void> Redrive(const std::string& id) override;

  // The same object by its two ports, named as the stores name them.
  queue::Queue& queue() { return *this; }
  queue::DeadLetters& dead_letters() { return *this; }

  // Items that wait or are held; for a test to ask whether everything was worked.
  std::size_t size() const;

 private:
  struct Waiting {
    queue::Item item;
    Time sent_at{};
    Time visible_at{};
    int attempts = 0;
    std::string handle;  // of the latest lease; empty before the first
  };

  // Each REQUIRES: mutex_ is held.
  void Add(const queue::Item& item, Duration delay);
  std::vector<queue::Lease> Take(int max, Duration visibility);
  std::vector<Waiting>::iterator Held(const std::string& handle);

  const Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting> waiting_;  // oldest first
  std::vector<queue::DeadLetter> buried_;
  std::uint64_t names_ = 0;  // handles and letters given so far
};

}  // namespace tr::testing
