#pragma once
// ULIDs: 128 bits that sort by time (https://github.com/ulid/spec): 48 bits of Unix milliseconds, 80 bits of chance.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tr {

// Gives ids that nobody gave before. Thread-safe. Ids of one source given in the same millisecond still ascend.
class IdSource {
 public:
  virtual ~IdSource() = default;
  // 26 characters of Crockford's base 32, upper case, the first ten from `now`.
  virtual std::string NewId(Time now) = 0;
};

// Spells a ULID. REQUIRES: random_high < 2^16.
std::string SpellUlid(std::uint64_t unix_millis, std::uint16_t random_high, std::uint64_t random_low);

// 26 characters of Crockford's base 32, upper case, not above the largest 128-bit number.
bool IsUlid(std::string_view text);

}  // namespace tr
