#include "local/sqlite_checkpoint.h"

#include <pthread.h>

#include <chrono>

namespace tr::local {
namespace {

// Between two runs: while somebody reads for long the log cannot be begun anew, and trying at once again is of no use.
constexpr auto kPause = std::chrono::milliseconds(100);

}  // namespace

Checkpointer::Checkpointer(Writer& writer, std::unique_ptr<Database> database, Log* log)
    : writer_(writer), database_(std::move(database)), log_(log), thread_([this] { Run(); }) {}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Checkpointer::Wake() {
  if (asked_.exchange(true)) return;
  {
    const std::lock_guard lock(mutex_);  // or the thread might miss it between its look and its sleep
  }
  changed_.notify_all();
}

void Checkpointer::Run() {
  ::pthread_setname_np(::pthread_self(), "tr-checkpoint");
  while (WaitForWork()) {
    const Result<void> result = Checkpoint();
    if (!result.ok() && log_ != nullptr) log_->Warning("checkpoint_failed", {{"trouble", result.fault().text}});
    runs_.fetch_add(1, std::memory_order_relaxed);
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kPause, [this] { return stop_; });
    asked_ = false;
  }
}

bool Checkpointer::WaitForWork() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stop_ || asked_.load(); });
  return !stop_;
}

// The bulk is copied while others go on writing. What they added meanwhile is little, and copied between two groups:
// then the log is whole in the file and the next commit begins it anew.
Result<void> Checkpointer::Checkpoint() {
  TR_TRY(database_->Checkpoint(CheckpointMode::kPassive));
  auto rest = [](Session& session) { return session.database().Checkpoint(CheckpointMode::kRestart); };
  return writer_.SubmitAlone(rest);
}

}  // namespace tr::local
