#pragma once
// The Ledger on SQLite: one step, one transaction (shared with the steps of other callers).

#include "local/sqlite_writer.h"
#include "store/ledger.h"

namespace tr::local {

class SqliteLedger final : public store::Ledger {
 public:
  explicit SqliteLedger(Writer& writer) : writer_(writer) {}
  Result<void> Commit(const store::Step& step, Time now) override;

 private:
  Writer& writer_;
};

}  // namespace tr::local
