#include "read/token_estimate.h"

#include <algorithm>
#include <limits>

#include "base/utf8.h"
#include "read/token_scale.h"

namespace tr::read {
namespace {

constexpr std::int64_t kWhole = 100;  // hundredths of a token
constexpr std::string_view kCut = " [\xE2\x80\xA6] ";

// What is known before the first answer counts as much as so many of them; later each moves the ratio by a tenth.
constexpr double kKnownBefore = 4;
constexpr double kStep = 0.1;
// One request, which may hold a text that was made for it, is believed to be off by a third at most.
constexpr double kBelieved = 4.0 / 3;
constexpr double kLeastRatio = 0.5;
constexpr double kMostRatio = 2;

struct Prefix {
  std::size_t bytes = 0;
  std::int64_t weight = 0;
};

// The longest prefix that weighs at most so much.
Prefix PrefixOf(std::string_view text, std::int64_t most) {
  Prefix prefix;
  TokenScale scale;
  while (prefix.bytes < text.size()) {
    const DecodedChar one = DecodeChar(text.substr(prefix.bytes));
    const std::int64_t weight = prefix.weight + scale.Next(one.code);
    if (weight > most) break;
    prefix = {prefix.bytes + one.length, weight};
  }
  return prefix;
}

std::int64_t Weigh(std::string_view text) { return PrefixOf(text, std::numeric_limits<std::int64_t>::max()).weight; }

}  // namespace

std::int64_t EstimateTokens(std::string_view utf8) { return (Weigh(utf8) + kWhole - 1) / kWhole; }

std::string CutMiddle(std::string_view utf8, std::int64_t tokens) {
  const std::int64_t whole = std::max<std::int64_t>(tokens, 0) * kWhole;
  const std::int64_t all = Weigh(utf8);
  if (all <= whole) return std::string(utf8);
  // The tail's first character may cost more behind the cut than where it stood.
  const std::int64_t room = whole - Weigh(kCut) - kWhole;
  if (room <= 0) return "";
  const std::string_view head = utf8.substr(0, PrefixOf(utf8, room * 2 / 3).bytes);
  // What comes before the tail weighs all but a third of the room, and the character on that limit.
  std::size_t tail = PrefixOf(utf8, all - room / 3 - 1).bytes;
  tail += DecodeChar(utf8.substr(tail)).length;
  return std::string(head) + std::string(kCut) + std::string(utf8.substr(tail));
}

double TokenGauge::ratio() const {
  const std::lock_guard lock(mutex_);
  return ratio_;
}

void TokenGauge::Learn(std::int64_t estimated, std::int64_t returned) {
  if (estimated <= 0 || returned <= 0) return;
  const std::lock_guard lock(mutex_);
  const double said = static_cast<double>(returned) / static_cast<double>(estimated);
  const double seen = std::clamp(said, ratio_ / kBelieved, ratio_ * kBelieved);
  const double step = std::max(kStep, 1 / (kKnownBefore + 1 + static_cast<double>(learned_)));
  ratio_ = std::clamp(ratio_ + step * (seen - ratio_), kLeastRatio, kMostRatio);
  learned_ = std::min(learned_ + 1, 100);
}

}  // namespace tr::read
