#include "read/budget.h"

#include <cmath>

namespace tr::read {

std::int64_t CostMicros(const Prices& prices, std::int64_t input_tokens, std::int64_t output_tokens) {
  const double micros =
      prices.input * static_cast<double>(input_tokens) + prices.output * static_cast<double>(output_tokens);
  return static_cast<std::int64_t>(std::ceil(micros - 1e-9));
}

std::string MonthOf(Time time) { return FormatTime(time).substr(0, 7); }

Result<Budget::Reserved> Budget::Reserve(std::int64_t input_tokens, std::int64_t most_output_tokens) {
  Reserved reserved;
  reserved.month = MonthOf(clock_.Now());
  reserved.used = {1, input_tokens, most_output_tokens, CostMicros(prices_, input_tokens, most_output_tokens)};
  TR_TRY(usage_.Add(reserved.month, reserved.used, monthly_micros_));
  return reserved;
}

store::Used Budget::Settle(const Reserved& reserved, std::int64_t input_tokens, std::int64_t output_tokens) {
  if (input_tokens == 0 && output_tokens == 0) return reserved.used;
  const store::Used used{1, input_tokens, output_tokens, CostMicros(prices_, input_tokens, output_tokens)};
  const store::Used more{0, used.input_tokens - reserved.used.input_tokens,
                         used.output_tokens - reserved.used.output_tokens,
                         used.cost_micros - reserved.used.cost_micros};
  // A store that does not answer leaves the reservation: too much is counted, and nothing is lost by that.
  (void)usage_.Add(reserved.month, more, std::nullopt).ok();
  return used;
}

void Budget::Release(const Reserved& reserved) {
  const store::Used& used = reserved.used;
  (void)usage_
      .Add(reserved.month, {-used.calls, -used.input_tokens, -used.output_tokens, -used.cost_micros}, std::nullopt)
      .ok();
}

}  // namespace tr::read
