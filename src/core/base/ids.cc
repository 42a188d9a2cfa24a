#include "base/ids.h"

namespace tr {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kUlidLength = 26;
constexpr std::uint64_t kMaxMillis = (std::uint64_t{1} << 48) - 1;

// Writes the lowest 5 * count bits of `value` into the `count` places before `end`.
void SpellBits(std::uint64_t value, std::size_t count, char* end) {
  for (std::size_t i = 0; i < count; ++i) {
    *--end = kCrockford[value & 31U];
    value >>= 5;
  }
}

}  // namespace

std::string SpellUlid(std::uint64_t unix_millis, std::uint16_t random_high, std::uint64_t random_low) {
  std::string ulid(kUlidLength, '0');
  SpellBits(unix_millis & kMaxMillis, 10, ulid.data() + 10);
  // 80 bits in two halves of 40, so that each fits a word and a whole number of characters.
  const std::uint64_t upper = (std::uint64_t{random_high} << 24) | (random_low >> 40);
  SpellBits(upper, 8, ulid.data() + 18);
  SpellBits(random_low & ((std::uint64_t{1} << 40) - 1), 8, ulid.data() + 26);
  return ulid;
}

bool IsUlid(std::string_view text) {
  // Twenty-six characters hold 130 bits: the first may use three of its five.
  return text.size() == kUlidLength && text.front() <= '7' &&
         text.find_first_not_of(kCrockford) == std::string_view::npos;
}

}  // namespace tr
