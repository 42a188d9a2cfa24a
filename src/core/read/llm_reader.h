#pragma once
// The reader that asks a language model: one question a ticket, one repair, never more money than the budget.

#include <atomic>
#include <cstdint>

#include "base/log.h"
#include "read/budget.h"
#include "read/embedded/embedded_reader.h"
#include "read/examples.h"
#include "read/model.h"
#include "read/prompt.h"
#include "read/reader.h"
#include "read/token_estimate.h"

namespace tr::read {

struct LlmPorts {
  Model& model;
  EmbeddedReader& embedded;  // ranks the topics, knows what humans taught; reads where the budget is spent
  Budget& budget;
  Log& log;
};

// Counts since the start, for /metrics.
struct LlmCounts {
  std::atomic<std::int64_t> calls{0};
  std::atomic<std::int64_t> input_tokens{0};
  std::atomic<std::int64_t> output_tokens{0};
  std::atomic<std::int64_t> cost_micros{0};
  std::atomic<std::int64_t> refused{0};      // answers that were no reading
  std::atomic<std::int64_t> failed{0};       // calls without an answer
  std::atomic<std::int64_t> over_budget{0};  // tickets that the embedded reader read instead
};

class LlmReader : public Reader {
 public:
  // Everything that `ports` names outlives it. `redact`: card numbers, IBANs and keys become placeholders before
  // anything is sent.
  LlmReader(const LlmPorts& ports, bool redact) : ports_(ports), redact_(redact) {}

  // The embedded reader's reading, with what was spent, where the month's budget does not allow the call, where two
  // answers were none, and where a call that may be billed was lost. So a fault means that nothing was spent:
  // kTransient: the model or the store of usage cannot be asked now. kPermanent: the model refuses the request.
  Result<Reading> Read(const Text& text, const rules::RuleBook& book, const Call& call) override;

  const LlmCounts& counts() const { return counts_; }

 private:
  Prompt PromptFor(const Text& text, const rules::RuleBook& book);
  Result<ModelAnswer> AskOnce(const Prompt& prompt, const Call& call, store::Used& spent);

  LlmPorts ports_;
  const bool redact_;
  Examples examples_;
  TokenGauge gauge_;
  LlmCounts counts_;
};

}  // namespace tr::read
