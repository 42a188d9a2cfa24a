#pragma once
// Usage where there is no store: what this process used, forgotten when it ends.

#include <map>
#include <mutex>
#include <string>

#include "store/usage.h"

namespace tr::store {

class ProcessUsage : public Usage {
 public:
  Result<Used> OfMonth(const std::string& month) override {
    const std::lock_guard lock(mutex_);
    const auto found = months_.find(month);
    return found == months_.end() ? Used{} : found->second;
  }

  Result<std::vector<std::string>> Months() override {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> months;
    months.reserve(months_.size());
    for (const auto& [month, used] : months_) months.push_back(month);
    return months;
  }

  Result<void> Add(const std::string& month, const Used& used, std::optional<std::int64_t> limit_micros) override {
    const std::lock_guard lock(mutex_);
    const std::int64_t before = months_.contains(month) ? months_[month].cost_micros : 0;
    if (limit_micros && before + used.cost_micros > *limit_micros) {
      return Conflict("the month's budget would be exceeded");
    }
    Used& sum = months_[month];
    sum.calls += used.calls;
    sum.input_tokens += used.input_tokens;
    sum.output_tokens += used.output_tokens;
    sum.cost_micros += used.cost_micros;
    return Ok();
  }

 private:
  std::mutex mutex_;
  std::map<std::string, Used> months_;
};

}  // namespace tr::store
