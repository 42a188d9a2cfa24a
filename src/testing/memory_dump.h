#pragma once
// Listing everything and putting it as it is, in memory. A cursor is the key of the last row given.

#include "store/dump.h"
#include "testing/memory_data.h"
#include "testing/memory_ledger.h"
#include "testing/memory_logs.h"

namespace tr::testing {

class MemoryDump : public store::Dump {
 public:
  MemoryDump(MemoryData& data, MemoryLedger& ledger, MemoryCorrections& corrections, MemoryAudit& audit)
      : data_(data), ledger_(ledger), corrections_(corrections), audit_(audit) {}
  Result<store::DumpPage<Ticket>> Tickets(const std::string& cursor, int limit) override;
  Result<store::DumpPage<store::Delivery>> Deliveries(const std::string& cursor, int limit) override;
  Result<store::DumpPage<store::KeptKey>> Keys(const std::string& cursor, int limit) override;
  Result<store::DumpPage<store::Correction>> Corrections(const std::string& cursor, int limit) override {
    return store::PageOfLog(corrections_, cursor, limit);
  }
  Result<store::DumpPage<store::AuditRow>> Audit(const std::string& cursor, int limit) override {
    return store::PageOfLog(audit_, cursor, limit);
  }
  Result<bool> IsEmpty() override;
  Result<void> Load(const store::Step& step) override { return ledger_.Load(step); }
  Result<void> LoadKeys(const std::vector<store::KeptKey>& keys) override;

 private:
  MemoryData& data_;
  MemoryLedger& ledger_;
  MemoryCorrections& corrections_;
  MemoryAudit& audit_;
};

}  // namespace tr::testing
