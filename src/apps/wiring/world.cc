#include "wiring/world.h"

#include <unistd.h>

namespace tr::wiring {

Time SystemClock::Now() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

RandomIds::RandomIds() : random_(std::random_device{}()) {
  std::random_device device;
  std::seed_seq seed{device(), device(), device(), device()};
  random_.seed(seed);
}

std::string RandomIds::NewId(Time now) {
  const std::lock_guard lock(mutex_);
  const auto millis = static_cast<std::uint64_t>(ToMillis(now));
  if (millis == last_millis_) {
    ++low_;
    if (low_ == 0) ++high_;
  } else {
    last_millis_ = millis;
    high_ = static_cast<std::uint16_t>(random_());
    low_ = random_();
  }
  return SpellUlid(millis, high_, low_);
}

void JsonLog::Write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (level < least_) return;
  const std::string line = FormatLogLine(FormatTime(clock_.Now()), level, event, fields) + "\n";
  // A log that cannot be written must not stop the work.
  if (write(descriptor_, line.data(), line.size()) < 0) return;
}

double Chance() {
  thread_local std::minstd_rand random{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(random);
}

}  // namespace tr::wiring
