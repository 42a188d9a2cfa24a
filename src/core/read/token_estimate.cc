#include "read/token_estimate.h"

#include <algorithm>

#include "base/utf8.h"

namespace tr::read {
namespace {

constexpr std::int64_t kWhole = 100;  // hundredths of a token
constexpr std::string_view kCut = " [\xE2\x80\xA6] ";

// The first request sets the ratio, so that a new process need not learn for long; each further one moves it by a
// tenth: never thrown by one.
constexpr double kStep = 0.1;
constexpr double kLeastRatio = 0.5;
constexpr double kMostRatio = 2;

std::int64_t Weight(std::int32_t code) {
  if (code < 0x80) {
    const bool plain = (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == ' ';
    return plain ? 24 : 50;
  }
  if (code < 0x800) return 70;
  return code < 0x10000 ? 120 : 250;
}

std::int64_t Weigh(std::string_view text) {
  std::int64_t sum = 0;
  while (!text.empty()) {
    const DecodedChar one = DecodeChar(text);
    sum += Weight(one.code);
    text.remove_prefix(one.length);
  }
  return sum;
}

// The bytes at the front that weigh at most so much.
std::size_t HeadBytes(std::string_view text, std::int64_t weight) {
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const DecodedChar one = DecodeChar(text.substr(bytes));
    weight -= Weight(one.code);
    if (weight < 0) return bytes;
    bytes += one.length;
  }
  return bytes;
}

// Where the tail begins that weighs at most so much.
std::size_t TailBegin(std::string_view text, std::int64_t weight) {
  std::size_t begin = text.size();
  while (begin > 0) {
    std::size_t before = begin - 1;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80U) --before;
    weight -= Weight(DecodeChar(text.substr(before, begin - before)).code);
    if (weight < 0) return begin;
    begin = before;
  }
  return 0;
}

}  // namespace

std::int64_t EstimateTokens(std::string_view utf8) { return (Weigh(utf8) + kWhole - 1) / kWhole; }

std::string CutMiddle(std::string_view utf8, std::int64_t tokens) {
  const std::int64_t whole = std::max<std::int64_t>(tokens, 0) * kWhole;
  if (Weigh(utf8) <= whole) return std::string(utf8);
  const std::int64_t room = whole - Weigh(kCut);
  if (room <= 0) return "";
  const std::size_t head = HeadBytes(utf8, room * 2 / 3);
  const std::size_t tail = std::max(head, TailBegin(utf8, room / 3));
  return std::string(utf8.substr(0, head)) + std::string(kCut) + std::string(utf8.substr(tail));
}

double TokenGauge::ratio() const {
  const std::lock_guard lock(mutex_);
  return ratio_;
}

void TokenGauge::Learn(std::int64_t estimated, std::int64_t returned) {
  if (estimated <= 0 || returned <= 0) return;
  const double seen = static_cast<double>(returned) / static_cast<double>(estimated);
  const std::lock_guard lock(mutex_);
  ratio_ = std::clamp(has_learned_ ? ratio_ + kStep * (seen - ratio_) : seen, kLeastRatio, kMostRatio);
  has_learned_ = true;
}

}  // namespace tr::read
