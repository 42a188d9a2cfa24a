#pragma once
// The queue on SQLite: rows that are visible from a moment on; a lease moves that moment.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "local/sqlite_readers.h"
#include "local/sqlite_writer.h"
#include "queue/queue.h"

namespace tr::local {

// Tells those who wait for an item that one may be there.
class Bell {
 public:
  // Now; pass it to Wait so that a ring in between is not missed.
  std::uint64_t Heard();
  void Ring();
  // Until the bell has rung since `heard`, or the moment comes. True: it rang.
  bool Wait(std::uint64_t heard, std::chrono::steady_clock::time_point until);

 private:
  std::mutex mutex_;
  std::condition_variable rung_;
  std::uint64_t rings_ = 0;
  int waiting_ = 0;
};

class SqliteQueue final : public queue::Queue {
 public:
  SqliteQueue(Writer& writer, ReadPool& readers, const Clock& clock, Bell& bell)
      : writer_(writer), readers_(readers), clock_(clock), bell_(bell) {}

  Result<void> Send(const queue::Item& item, Duration delay) override;
  Result<std::vector<queue::Lease>> Receive(int max, Duration visibility, Duration wait) override;
  Result<void> Acknowledge(const std::vector<std::string>& handles) override;
  Result<void> Release(const std::string& handle, Duration delay) override;
  Result<void> Bury(const std::string& handle, const std::string& reason) override;

 private:
  Result<std::vector<queue::Lease>> Take(int max, Duration visibility);
  Result<void> WaitForItem(std::uint64_t heard, std::chrono::steady_clock::time_point until);
  Result<std::optional<Time>> NextVisible();

  Writer& writer_;
  ReadPool& readers_;
  const Clock& clock_;
  Bell& bell_;
};

class SqliteDeadLetters final : public queue::DeadLetters {
 public:
  SqliteDeadLetters(Writer& writer, ReadPool& readers, const Clock& clock, Bell& bell)
      : writer_(writer), readers_(readers), clock_(clock), bell_(bell) {}

  Result<std::vector<queue::DeadLetter>> List(int limit) override;
  Result<void> Redrive(const std::string& id) override;

 private:
  Writer& writer_;
  ReadPool& readers_;
  const Clock& clock_;
  Bell& bell_;
};

}  // namespace tr::local
