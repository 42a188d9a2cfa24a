#pragma once
// What the model's calls used, in memory.

#include <map>
#include <mutex>
#include <string>

#include "store/usage.h"

namespace tr::testing {

class MemoryUsage : public store::Usage {
 public:
  Result<store::Used> OfMonth(const std::string& month) override {
    const std::lock_guard lock(mutex_);
    return months_[month];
  }

  Result<void> Add(const std::string& month, const store::Used& used,
                   std::optional<std::int64_t> limit_micros) override {
    const std::lock_guard lock(mutex_);
    store::Used& sum = months_[month];
    if (limit_micros && sum.cost_micros + used.cost_micros > *limit_micros) return Conflict("the budget");
    sum.calls += used.calls;
    sum.input_tokens += used.input_tokens;
    sum.output_tokens += used.output_tokens;
    sum.cost_micros += used.cost_micros;
    return Ok();
  }

 private:
  std::mutex mutex_;
  std::map<std::string, store::Used> months_;
};

}  // namespace tr::testing
