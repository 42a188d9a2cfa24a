#pragma once
// The one write, in memory.

#include "testing/memory_data.h"

namespace tr::testing {

class MemoryLedger : public store::Ledger {
 public:
  explicit MemoryLedger(MemoryData& data) : data_(data) {}
  Result<void> Commit(const store::Step& step, Time now) override;
  // As store::Dump::Load.
  Result<void> Load(const store::Step& step);

 private:
  MemoryData& data_;
};

}  // namespace tr::testing
