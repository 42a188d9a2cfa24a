#pragma once
// A few connections for reading, lent to one thread at a time.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "local/sqlite_database.h"

namespace tr::local {

class ReadPool {
 public:
  // `one_moment`: as SqliteOptions; then the limit is 1.
  ReadPool(std::string path, int limit, bool one_moment = false)
      : path_(std::move(path)), limit_(limit), one_moment_(one_moment) {}

  // A connection, given back when the loan ends. Waits while all are lent.
  class Loan {
   public:
    Loan(ReadPool& pool, std::unique_ptr<Database> database) : pool_(&pool), database_(std::move(database)) {}
    Loan(Loan&&) = default;
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (database_ != nullptr) pool_->GiveBack(std::move(database_));
    }
    Database& operator*() { return *database_; }

   private:
    ReadPool* pool_;
    std::unique_ptr<Database> database_;
  };
  // As Database::Open.
  Result<Loan> Borrow();

 private:
  Result<std::unique_ptr<Database>> Open() const;
  void GiveBack(std::unique_ptr<Database> database);

  const std::string path_;
  const int limit_;
  const bool one_moment_;
  std::mutex mutex_;
  std::condition_variable came_back_;
  std::vector<std::unique_ptr<Database>> idle_;  // the one used last is lent first: its cache is warm
  int open_ = 0;
};

// TR_READ(db): borrows `Database& db` from readers_ until the end of the enclosing block, or returns the fault.
#define TR_READ(name)                             \
  TR_ASSIGN(auto name##_loan, readers_.Borrow()); \
  Database& name = *name##_loan

}  // namespace tr::local
