#pragma once
// Every store port over one set of containers.

#include "store/process_usage.h"
#include "testing/memory_dump.h"
#include "testing/memory_keep.h"
#include "testing/memory_ledger.h"
#include "testing/memory_logs.h"
#include "testing/memory_reads.h"
#include "testing/memory_shelf.h"

namespace tr::testing {

// Thread-safe: one mutex. Forgets everything when it goes.
class MemoryStore {
 public:
  store::Ledger& ledger() { return ledger_; }
  store::Tickets& tickets() { return tickets_; }
  store::Lookups& lookups() { return lookups_; }
  store::Queues& queues() { return queues_; }
  store::Deliveries& deliveries() { return deliveries_; }
  store::Corrections& corrections() { return corrections_; }
  store::Audit& audit() { return audit_; }
  store::Originals& originals() { return originals_; }
  store::People& people() { return people_; }
  store::Eraser& eraser() { return eraser_; }
  store::Usage& usage() { return usage_; }
  store::Dump& dump() { return dump_; }
  rules::RuleShelf& shelf() { return shelf_; }

 private:
  MemoryData data_;
  MemoryLedger ledger_{data_};
  MemoryTickets tickets_{data_};
  MemoryLookups lookups_{data_};
  MemoryQueues queues_{data_};
  MemoryDeliveries deliveries_{data_};
  MemoryCorrections corrections_{data_};
  MemoryAudit audit_{data_};
  MemoryOriginals originals_{data_};
  MemoryPeople people_{data_};
  MemoryEraser eraser_{data_};
  store::ProcessUsage usage_;
  MemoryDump dump_{data_, ledger_, corrections_, audit_};
  MemoryShelf shelf_;
};

}  // namespace tr::testing
