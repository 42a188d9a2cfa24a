#pragma once
// The tickets that this process has just stored, as values: a worker loads a ticket milliseconds after the gate stored
// it, and reading it back costs more than the landing itself.
//
// An entry is used only while nobody else has written the file since our own last commit; the count of commits that
// SQLite keeps in shared memory tells (Writer::IsOurs). Whoever commits a step takes the entries of its tickets out
// first and puts them back, changed, afterwards; when two do that at the same time the entry is lost, which costs a
// reading.

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "local/sqlite_writer.h"
#include "store/step.h"

namespace tr::local {

struct RecentTicket {
  Ticket ticket;
  std::vector<Message> messages;            // by n
  std::vector<store::ReadingRow> readings;  // in the order in which they were given
};

// Thread-safe.
class RecentTickets {
 public:
  // The writer outlives it.
  explicit RecentTickets(Writer& writer) : writer_(writer) {}

  // Null: read it from the file.
  std::shared_ptr<const RecentTicket> Find(const std::string& ticket);

  // What one Commit has taken out.
  struct Hand {
    struct Taken {
      std::string ticket;
      std::shared_ptr<const RecentTicket> before;  // null: not known
    };
    std::uint64_t token = 0;
    std::uint64_t era = 0;
    std::vector<Taken> taken;
  };
  // Before the step is submitted.
  Hand Take(const store::Step& step);
  // After it: the step is in the file, or it is not.
  void PutBack(const Hand& hand, const store::Step& step, bool stored);

  // Before the ticket is changed by other means than a step.
  void Forget(const std::string& ticket);
  // Somebody else has written.
  void ForgetAll();

  std::uint64_t hits() const { return hits_.load(std::memory_order_relaxed); }

 private:
  // Without a ticket: somebody is changing it; the token says who was the last to begin.
  struct Slot {
    std::shared_ptr<const RecentTicket> recent;
    std::uint64_t token = 0;
    std::size_t bytes = 0;
  };

  void Drop(const std::string& ticket);
  void Keep(const std::string& ticket, std::shared_ptr<const RecentTicket> recent);

  Writer& writer_;
  std::mutex mutex_;
  std::unordered_map<std::string, Slot> slots_;
  std::deque<std::string> order_;  // of first keeping; may name tickets that are gone
  std::size_t bytes_ = 0;
  std::uint64_t next_token_ = 1;
  std::uint64_t era_ = 0;  // ForgetAll begins a new one
  std::atomic<std::uint64_t> hits_{0};
};

}  // namespace tr::local
