#pragma once
// Ids that a test can foretell: the time that was asked for, then 1, 2, 3, …

#include <atomic>
#include <cstdint>
#include <string>

#include "base/ids.h"

namespace tr::testing {

class CountingIds : public IdSource {
 public:
  std::string NewId(Time now) override {
    return SpellUlid(static_cast<std::uint64_t>(ToMillis(now)), 0, count_.fetch_add(1) + 1);
  }

 private:
  std::atomic<std::uint64_t> count_{0};
};

}  // namespace tr::testing
