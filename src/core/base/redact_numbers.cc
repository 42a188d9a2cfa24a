#include <array>
#include <cstdint>

#include "base/redact_parts.h"

namespace tr {
namespace {

constexpr std::size_t kMinCard = 13;  // ISO/IEC 7812-1, and what networks have issued
constexpr std::size_t kMaxCard = 19;
constexpr std::size_t kMinIban = 15;  // Norway's; ISO 13616 allows up to 34
constexpr std::size_t kMaxIban = 34;

bool IsAlnum(char c) { return IsAsciiDigit(c) || IsAsciiLetter(c); }

// A space or a dash, plain, no-break (U+00A0) or typographic (U+2010 to U+2015); 0: none.
std::size_t SeparatorLength(std::string_view text) {
  if (text.empty()) return 0;
  if (text.front() == ' ' || text.front() == '-') return 1;
  if (text.substr(0, 2) == "\u00A0") return 2;
  const bool dash = text.size() >= 3 && text.substr(0, 2) == "\xE2\x80" && text[2] >= '\x90' && text[2] <= '\x95';
  return dash ? 3 : 0;
}

// Up to three separators, as in "4111 - 1111"; 0 when no letter or digit follows.
std::size_t GapLength(std::string_view text) {
  std::size_t gap = 0;
  for (int i = 0; i < 3; ++i) gap += SeparatorLength(text.substr(gap));
  return gap < text.size() && IsAlnum(text[gap]) ? gap : 0;
}

// The Luhn sum of a growing number, kept for both parities because its length is not known yet.
class Luhn {
 public:
  void Add(unsigned digit) {
    const unsigned doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sums_[count_ % 2] += digit;
    sums_[1 - count_ % 2] += doubled;
    ++count_;
  }
  std::size_t count() const { return count_; }
  // sums_[p] doubles the digits whose index has the other parity; the last digit is never doubled.
  bool Fits() const { return sums_[(count_ - 1) % 2] % 10 == 0; }

 private:
  std::array<unsigned, 2> sums_{};
  std::size_t count_ = 0;
};

// ISO 7064 mod 97 over the characters after the first four, finished with those four at any time.
class Mod97 {
 public:
  explicit Mod97(std::string_view head) : head_(head) {}
  void Add(char c) { rest_ = Append(rest_, c); }
  bool Fits() const {
    unsigned whole = rest_;
    for (const char c : head_) whole = Append(whole, c);
    return whole == 1;
  }

 private:
  static unsigned Append(unsigned rest, char c) {
    if (IsAsciiDigit(c)) return (rest * 10 + static_cast<unsigned>(c - '0')) % 97;
    return (rest * 100 + (static_cast<unsigned>(c) & 31U) + 9) % 97;  // A and a are 10, Z and z are 35
  }
  std::string_view head_;
  unsigned rest_ = 0;
};

}  // namespace

std::size_t CardLength(std::string_view text) {
  Luhn luhn;
  std::size_t longest = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (!IsAsciiDigit(text[at])) {
      const std::size_t gap = GapLength(text.substr(at));
      if (gap == 0 || !IsAsciiDigit(text[at + gap])) break;
      at += gap;
    }
    if (luhn.count() == kMaxCard) break;
    luhn.Add(static_cast<unsigned>(text[at++] - '0'));
    const bool at_end = at == text.size() || !IsAsciiDigit(text[at]);
    if (at_end && luhn.count() >= kMinCard && luhn.Fits()) longest = at;
  }
  return longest;
}

std::size_t IbanLength(std::string_view text) {
  if (text.size() < kMinIban || !IsAsciiLetter(text[0]) || !IsAsciiLetter(text[1]) || !IsAsciiDigit(text[2]) ||
      !IsAsciiDigit(text[3])) {
    return 0;
  }
  Mod97 mod(text.substr(0, 4));
  std::size_t longest = 0;
  std::size_t digits = 2;
  std::size_t count = 4;
  for (std::size_t at = 4; at < text.size();) {
    if (!IsAlnum(text[at])) {
      const std::size_t gap = SeparatorLength(text.substr(at));
      if (gap == 0 || at + gap == text.size() || !IsAlnum(text[at + gap])) break;
      at += gap;
    }
    if (count == kMaxIban) break;
    mod.Add(text[at]);
    digits += IsAsciiDigit(text[at]) ? 1U : 0U;
    ++count;
    ++at;
    // '[' begins what was taken out already: a number that ended there did not end there before.
    const bool at_end = at == text.size() || (!IsAlnum(text[at]) && text[at] != '[');
    // Every country's has more digits than letters; without that one sentence in a hundred would be one.
    if (at_end && count >= kMinIban && digits * 2 >= count && mod.Fits()) longest = at;
  }
  return longest;
}

}  // namespace tr
