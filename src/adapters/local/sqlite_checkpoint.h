#pragma once
// The thread that copies the log into the file, so that no caller waits for it.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "local/sqlite_database.h"
#include "local/sqlite_writer.h"

namespace tr::local {

class Checkpointer {
 public:
  // `log` may be null. The writer outlives it.
  Checkpointer(Writer& writer, std::unique_ptr<Database> database, Log* log);
  ~Checkpointer();

  // The log has become long. Any thread, cheap.
  void Wake();
  std::uint64_t runs() const { return runs_.load(std::memory_order_relaxed); }

 private:
  void Run();
  bool WaitForWork();
  Result<void> Checkpoint();

  Writer& writer_;
  std::unique_ptr<Database> database_;
  Log* log_;
  std::atomic<std::uint64_t> runs_{0};
  std::atomic<bool> asked_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace tr::local
