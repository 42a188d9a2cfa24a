#pragma once
// What moving everything from one store to another needs beyond the other ports: to list what cannot be listed there,
// and to put values as they are.

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/step.h"

namespace tr::store {

// A unique key or a Message-ID, as every store keeps it.
struct KeptKey {
  std::string hash;    // key_hash.h, in hexadecimal
  std::string ticket;  // whom it stands for: a ticket id, or "ID#n" for one of its messages
  Time expires_at{};
  bool operator==(const KeptKey&) const = default;
};

template <typename Row>
struct DumpPage {
  std::vector<Row> rows;
  std::string next;  // the cursor of the next page; empty: there is no more
};

// A page of a log whose Since holds nothing back.
template <typename Log>
auto PageOfLog(Log& log, const std::string& cursor, int limit)
    -> Result<DumpPage<typename decltype(Log::Page::rows)::value_type>> {
  TR_ASSIGN(auto page, log.Since(cursor, limit));
  const bool last = page.rows.empty();
  return DumpPage<typename decltype(Log::Page::rows)::value_type>{std::move(page.rows), last ? "" : page.cursor};
}

// Faults as in ledger.h; kInvalid: a cursor that nobody gave.
class Dump {
 public:
  virtual ~Dump() = default;

  // At most `limit` (1 to 1000) rows after the cursor ("" = from the beginning): tickets by id, oldest first;
  // deliveries and keys in an order of the store's own, the same each time. What is written meanwhile may be missing.
  virtual Result<DumpPage<Ticket>> Tickets(const std::string& cursor, int limit) = 0;
  virtual Result<DumpPage<Delivery>> Deliveries(const std::string& cursor, int limit) = 0;
  virtual Result<DumpPage<KeptKey>> Keys(const std::string& cursor, int limit) = 0;
  // The logs in the order in which they were stored, the youngest rows too, which Since may hold back for a while; of
  // audit rows some more than `limit` where they were stored together.
  virtual Result<DumpPage<Correction>> Corrections(const std::string& cursor, int limit) = 0;
  virtual Result<DumpPage<AuditRow>> Audit(const std::string& cursor, int limit) = 0;

  // Whether nothing of what a step or LoadKeys may put is there.
  virtual Result<bool> IsEmpty() = 0;

  // Puts everything in the step as it is, tickets with the version that they have, audit rows and corrections in their
  // order. For a store that nobody else writes; dying half-way leaves half. Any number of items. kConflict: a ticket is
  // there already. REQUIRES: no keys, no threads, nothing that is expected of a delivery.
  virtual Result<void> Load(const Step& step) = 0;
  // Durable as Load; a key that is there is replaced. REQUIRES: hashes as key_hash.h gives them.
  virtual Result<void> LoadKeys(const std::vector<KeptKey>& keys) = 0;
};

}  // namespace tr::store
