#include "local/sqlite_readers.h"

namespace tr::local {

Result<ReadPool::Loan> ReadPool::Borrow() {
  {
    std::unique_lock lock(mutex_);
    came_back_.wait(lock, [this] { return !idle_.empty() || open_ < limit_; });
    if (!idle_.empty()) {
      Loan loan(*this, std::move(idle_.back()));
      idle_.pop_back();
      return loan;
    }
    ++open_;
  }
  auto database = Open();
  if (!database.ok()) {
    const std::lock_guard lock(mutex_);
    --open_;
    came_back_.notify_one();
    return database.fault();
  }
  return Loan(*this, *std::move(database));
}

Result<std::unique_ptr<Database>> ReadPool::Open() const {
  TR_ASSIGN(auto database, Database::Open(path_, {.use = Use::kRead, .cache_kib = 1024}));
  // The transaction's first read takes its snapshot; it ends with the connection.
  if (one_moment_) TR_TRY(database->Run("BEGIN"));
  return database;
}

void ReadPool::GiveBack(std::unique_ptr<Database> database) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(database));
  came_back_.notify_one();
}

}  // namespace tr::local
