#pragma once
// In: base and every port. Out: fakes of the ports that are simple enough to be obviously right, and decorators that
// make the Nth call fail. Never: named by anything but tests. Start at: memory_store.h, memory_queue.h, fault_plan.h.
//
// A clock that stands still until a test moves it.

#include <atomic>

#include "base/clock.h"

namespace tr::testing {

// 2026-03-02 (a Monday), 09:00 UTC: where tests begin unless they say otherwise.
inline constexpr Time kMondayMorning{Duration(1'772'442'000'000)};

class ManualClock : public Clock {
 public:
  explicit ManualClock(Time now = kMondayMorning) : millis_(ToMillis(now)) {}

  Time Now() const override { return FromMillis(millis_.load()); }
  void Set(Time now) { millis_.store(ToMillis(now)); }
  void Advance(Duration by) { millis_.fetch_add(by.count()); }

 private:
  std::atomic<std::int64_t> millis_;
};

}  // namespace tr::testing
