#pragma once
// What one try at an item looks at. Internal to pipeline/.

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

// The question that a ticket and a text put to the rules. Keeps a pointer to `reading`.
route::Question Ask(const Ticket& ticket, const std::string& new_text, const Reading* reading);

}  // namespace tr::pipeline
