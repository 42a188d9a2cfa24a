#pragma once
// The Ledger on SQLite: one step, one transaction (shared with the steps of other callers).

#include "local/sqlite_recent.h"
#include "local/sqlite_writer.h"
#include "store/ledger.h"

namespace tr::local {

class SqliteLedger final : public store::Ledger {
 public:
  SqliteLedger(Writer& writer, RecentTickets& recent) : writer_(writer), recent_(recent) {}
  Result<void> Commit(const store::Step& step, Time now) override;
  std::vector<Result<void>> CommitEach(std::span<const store::Step* const> steps, Time now) override;
  // As store::Dump::Load.
  Result<void> Load(const store::Step& step);

 private:
  Writer& writer_;
  RecentTickets& recent_;
};

}  // namespace tr::local
