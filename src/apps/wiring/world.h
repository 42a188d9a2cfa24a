#pragma once
// The real world: the system's clock, random ids and chances, and a log of JSON lines on a file descriptor.

#include <atomic>
#include <memory>
#include <mutex>
#include <random>
#include <string>

#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "wiring/app.h"

namespace tr::wiring {

class SystemClock : public Clock {
 public:
  Time Now() const override;
};

// 80 bits of the system's randomness, counted up within a millisecond so that ids ascend.
class RandomIds : public IdSource {
 public:
  RandomIds();
  std::string NewId(Time now) override;

 private:
  std::mutex mutex_;
  std::mt19937_64 random_;
  std::uint64_t last_millis_ = 0;
  std::uint16_t high_ = 0;
  std::uint64_t low_ = 0;
};

// One write(2) a line, so that lines of several threads never mix.
class JsonLog : public Log {
 public:
  // Lines below `least` are not written. The descriptor stays the caller's.
  JsonLog(int descriptor, LogLevel least, const Clock& clock) : descriptor_(descriptor), least_(least), clock_(clock) {}
  void Write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) override;

 private:
  int descriptor_;
  LogLevel least_;
  const Clock& clock_;
};

// 0 to 1, thread-safe.
double Chance();

}  // namespace tr::wiring
