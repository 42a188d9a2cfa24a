#pragma once
// Points in time and the one way to ask for now. The core never reads a clock itself: it is handed a Clock or a Time.

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tr {

// UTC, to the millisecond: what the store keeps and the API prints.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;

class Clock {
 public:
  virtual ~Clock() = default;
  // Thread-safe. May step backwards when the machine's clock is set.
  virtual Time Now() const = 0;
};

// "2026-12-08T10:00:00.000Z" (RFC 3339, always UTC, always milliseconds, so that text order is time order).
// REQUIRES: a year from 0 to 9999.
std::string FormatTime(Time time);

// Reads RFC 3339 with any offset and any number of fraction digits, or "YYYY-MM-DD HH:MM" as UTC.
// kInvalid: anything else.
Result<Time> ParseTime(std::string_view text);

inline std::int64_t ToMillis(Time time) { return time.time_since_epoch().count(); }
inline Time FromMillis(std::int64_t millis) { return Time(Duration(millis)); }

}  // namespace tr
