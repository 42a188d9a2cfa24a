#pragma once
// A step as columns: everything that can be computed before the writer's turn, by the calling thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "local/sqlite_codec.h"
#include "store/step.h"

namespace tr::local {

// A step's audit rows and readings of one ticket.
struct PackedHistory {
  std::string_view ticket;
  std::string rows;
  std::string readings;
};

// Views point into the step, which must outlive it.
struct PackedStep {
  explicit PackedStep(const store::Step& step);

  std::vector<std::string> tickets;      // TicketBody of step.tickets
  std::vector<std::int64_t> customers;   // HashAddress of step.tickets; 0 without an address
  std::vector<std::string> messages;     // MessageBody of step.messages
  std::vector<PackedHistory> histories;  // in the order in which their tickets first appear
  std::vector<KeyHash> keys;             // of step.keys
  std::vector<KeyHash> threads;          // of step.threads
};

}  // namespace tr::local
