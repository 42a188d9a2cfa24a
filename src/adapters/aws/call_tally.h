#pragma once
// How often each operation of each service was called: for the metrics, and for the bill.

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace tr::aws {

// Thread-safe. A repeated call counts again.
class CallTally {
 public:
  void Count(std::string_view service, std::string_view operation) {
    std::lock_guard lock(mutex_);
    ++calls_[std::string(service) + "." + std::string(operation)];
  }
  // "sqs.SendMessage" → 3.
  std::map<std::string, std::int64_t> Calls() const {
    std::lock_guard lock(mutex_);
    return calls_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::int64_t> calls_;
};

}  // namespace tr::aws
