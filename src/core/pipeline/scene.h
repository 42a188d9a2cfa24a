#pragma once
// What one try at an item looks at, and comes to. Internal to pipeline/.

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/process.h"
#include "route/decide.h"

namespace tr::pipeline {

struct Process::Scene {
  Ticket ticket;
  std::vector<Message> messages;
  Message message;  // the one that the item names
  rules::RuleBookPtr book;
  int attempts = 1;
  Time now{};

  // The new texts of all customer messages, in order.
  std::string AllNewText() const;
};

struct Process::Planned {
  Processed processed;                // when it is committed
  std::optional<store::Step> step{};  // nothing: the message was handled before
  // Queued after the commit. Dying in between leaves messages received and not queued: the sweeper finds them.
  std::vector<queue::Item> sends{};
  std::atomic<std::int64_t>* count = nullptr;
  bool held = false;  // it lands where it waits for a human
};

// Received or read: where it stands, if anywhere, is triage, as a dead letter.
bool IsUnlanded(const Ticket& ticket);

// The question that a ticket and a text put to the rules. Keeps a pointer to `reading`.
route::Question Ask(const Ticket& ticket, const std::string& new_text, const Reading* reading);

}  // namespace tr::pipeline
