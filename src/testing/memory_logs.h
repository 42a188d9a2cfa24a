#pragma once
// Corrections and audit rows, in memory. A cursor is how many rows came before it.

#include "testing/memory_data.h"

namespace tr::testing {

class MemoryCorrections : public store::Corrections {
 public:
  explicit MemoryCorrections(MemoryData& data) : data_(data) {}
  Result<Page> Since(const std::string& cursor, int limit) override;
  Result<std::vector<store::Correction>> OfTicket(const std::string& ticket) override;

 private:
  MemoryData& data_;
};

class MemoryAudit : public store::Audit {
 public:
  explicit MemoryAudit(MemoryData& data) : data_(data) {}
  Result<std::vector<store::AuditRow>> OfTicket(const std::string& ticket) override;
  Result<Page> Since(const std::string& cursor, int limit) override;

 private:
  MemoryData& data_;
};

}  // namespace tr::testing
