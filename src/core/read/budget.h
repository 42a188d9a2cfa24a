#pragma once
// The month's money: reserved before a model is asked, put right when it has answered.

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "store/usage.h"

namespace tr::read {

// Per million tokens, in whatever currency the vendor bills: then a token costs as many millionths.
struct Prices {
  double input = 0;
  double output = 0;
};

// In millionths of the currency, rounded up. REQUIRES: no number is negative.
std::int64_t CostMicros(const Prices& prices, std::int64_t input_tokens, std::int64_t output_tokens);

// Thread-safe. Several processes may share one Usage: together they stay inside the budget.
class Budget {
 public:
  // `monthly_micros` empty: without a limit. `usage` and `clock` outlive it.
  Budget(store::Usage& usage, const Clock& clock, Prices prices, std::optional<std::int64_t> monthly_micros)
      : usage_(usage), clock_(clock), prices_(prices), monthly_micros_(monthly_micros) {}

  // What was set aside for one call.
  struct Reserved {
    std::string month;
    store::Used used;
  };

  // Sets aside what a call may cost at most. kConflict: the month's budget does not allow it. kTransient: as Usage.
  // Dying before Settle leaves it set aside: money is counted that was not spent, never the reverse.
  Result<Reserved> Reserve(std::int64_t input_tokens, std::int64_t most_output_tokens);

  // Puts in what the call really used. Tokens both 0: the vendor does not say, or its answer was lost, and what was
  // reserved stays counted.
  // Gives what is counted now.
  store::Used Settle(const Reserved& reserved, std::int64_t input_tokens, std::int64_t output_tokens);

  // The call came to nothing: vendors do not bill a request that they refused, nor one that never reached them.
  void Release(const Reserved& reserved);

 private:
  store::Usage& usage_;
  const Clock& clock_;
  const Prices prices_;
  const std::optional<std::int64_t> monthly_micros_;
};

// "2026-12": the month, UTC, that Usage counts this moment in.
std::string MonthOf(Time time);

}  // namespace tr::read
