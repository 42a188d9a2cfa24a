#pragma once
// Brings a sample ticket in by its lane, as any other message, and says what became of it.

#include <functional>
#include <map>
#include <string>

#include "cli/demo_samples.h"
#include "wiring/app.h"

namespace tr::cli {

// What became of a sample.
struct Fed {
  Ticket ticket;        // that has the message now: of a repetition, the one that it joined
  std::string outcome;  // in the words of Sample::expected
  std::string why;      // one line; the rules' words, none of the customer's
  bool on_top = false;  // the first in its team's queue
};

class Feed {
 public:
  // `settle` returns when the message of the ticket is handled: the demo waits for its workers, a test works the queue.
  using Settle = std::function<Result<void>(const std::string& ticket, int message)>;
  Feed(wiring::App& app, Settle settle) : app_(app), settle_(std::move(settle)) {}

  // Faults: those of the lane, the gate, the store and of `settle`.
  Result<Fed> Give(const Sample& sample);

 private:
  Result<Fed> Joined(const std::string& ticket, Author author);
  Result<Fed> Opened(const std::string& ticket);
  Result<std::string> WhyDecided(const std::string& ticket, int reasons);

  wiring::App& app_;
  Settle settle_;
  std::map<std::string, std::string> names_;  // of the samples, by ticket
};

}  // namespace tr::cli
