#pragma once
// What a MemoryStore holds: plain containers behind one mutex. The ports of memory_*.h are views of it.

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "store/dump.h"
#include "store/ledger.h"
#include "store/step.h"
#include "testing/memory_outbox.h"

namespace tr::testing {

// The queue's order: (escalate, priority, normal), then time received, then id.
struct InQueueOrder {
  bool operator()(const store::QueueEntry& a, const store::QueueEntry& b) const {
    return std::tie(b.rank, a.received_at, a.ticket) < std::tie(a.rank, b.received_at, b.ticket);
  }
};

struct KeptOriginal {
  std::string bytes;
  Time put_at{};
};

struct MemoryData {
  std::mutex mutex;
  std::map<std::string, Ticket> tickets;
  std::map<std::pair<std::string, int>, Message> messages;
  std::map<std::string, std::vector<store::ReadingRow>> readings;            // by ticket
  std::map<std::string, std::set<store::QueueEntry, InQueueOrder>> entries;  // by team
  MemoryOutbox outbox;
  std::map<std::string, Time> turns;  // by channel
  std::vector<store::Correction> corrections;
  std::vector<store::AuditRow> audit;
  std::map<std::string, std::vector<std::size_t>> audit_of;  // by ticket: places in audit
  std::map<std::string, store::KeptKey> keys;                // and Message-IDs; by hash
  std::map<std::string, KeptOriginal> originals;
  std::map<std::string, store::Access> people;
};

}  // namespace tr::testing
