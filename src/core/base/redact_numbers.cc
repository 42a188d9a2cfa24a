#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "base/redact_parts.h"
#include "base/utf8.h"

namespace tr {
namespace {

constexpr std::size_t kMinCard = 13;  // ISO/IEC 7812-1, and what networks have issued
constexpr std::size_t kMaxCard = 19;
constexpr std::size_t kMinIban = 15;  // Norway's; ISO 13616 allows up to 34
constexpr std::size_t kMaxIban = 34;

// Of a group of digits that a dot or a line break parts from its neighbour: cards are printed in fours, or 4-6-5.
// Dates, amounts and lists of order numbers are grouped otherwise.
constexpr std::size_t kLeastBefore = 4;
constexpr std::size_t kLeastAfter = 3;
constexpr std::size_t kMostInGroup = 6;

// The first characters of scripts' runs of ten digits.
constexpr std::array<std::int32_t, 4> kZeros = {0x0660, 0x06F0, 0x0966, 0xFF10};

bool IsSpace(std::int32_t code) {  // Unicode's Zs, and the tabulator
  return code == ' ' || code == '\t' || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
         code == 0x202F || code == 0x205F || code == 0x3000;
}

bool IsDash(std::int32_t code) {  // the plain one, the typographic ones, minus and the full-width one
  return code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212 || code == 0xFF0D;
}

bool IsLineBreak(std::int32_t code) { return code == '\n' || code == 0x2028 || code == 0x2029; }

// What may stand between two groups of a number, as in "4111 - 1111".
struct Gap {
  std::size_t length = 0;  // bytes; 0: none, or no letter or digit follows
  bool is_dot = false;
  bool has_break = false;
};

// Up to three separators, one of them a line break; or one dot.
Gap GapAt(std::string_view text) {
  Gap gap;
  for (int i = 0; i < 3 && gap.length < text.size(); ++i) {
    const std::string_view rest = text.substr(gap.length);
    const std::size_t carriage_return = rest.starts_with("\r\n") ? 1 : 0;
    const DecodedChar one = DecodeChar(rest.substr(carriage_return));
    const bool breaks = IsLineBreak(one.code) && !gap.has_break;
    if (!breaks && !IsSpace(one.code) && !IsDash(one.code)) break;
    gap.has_break = gap.has_break || breaks;
    gap.length += carriage_return + one.length;
  }
  if (gap.length == 0 && text.starts_with('.')) gap = {1, true, false};
  if (gap.length >= text.size() || GlyphAt(text.substr(gap.length)).c == '\0') return {};
  return gap;
}

// How many digits `text` begins with, counted no further than matters.
std::size_t DigitsAt(std::string_view text) {
  std::size_t count = 0;
  while (count <= kMostInGroup && !text.empty()) {
    const Glyph glyph = GlyphAt(text);
    if (!IsAsciiDigit(glyph.c)) break;
    text.remove_prefix(glyph.length);
    ++count;
  }
  return count;
}

bool MayPartCard(const Gap& gap, std::size_t before, std::size_t after) {
  if (gap.length == 0 || after == 0) return false;
  if (!gap.is_dot && !gap.has_break) return true;
  return before >= kLeastBefore && before <= kMostInGroup && after >= kLeastAfter && after <= kMostInGroup;
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
  explicit Mod97(std::string head) : head_(std::move(head)) {}
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
  std::string head_;
  unsigned rest_ = 0;
};

}  // namespace

Glyph GlyphAt(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return {IsAsciiDigit(text.front()) || IsAsciiLetter(text.front()) ? text.front() : '\0', 1};
  const DecodedChar one = DecodeChar(text);
  const auto glyph = [&](std::int32_t from, char c) {
    return Glyph{static_cast<char>(c + static_cast<char>(one.code - from)), one.length};
  };
  for (const std::int32_t zero : kZeros) {
    if (one.code >= zero && one.code < zero + 10) return glyph(zero, '0');
  }
  if (one.code >= 0xFF21 && one.code <= 0xFF3A) return glyph(0xFF21, 'A');
  if (one.code >= 0xFF41 && one.code <= 0xFF5A) return glyph(0xFF41, 'a');
  return {'\0', one.length};
}

char LastGlyph(std::string_view text) {
  if (text.empty()) return '\0';
  std::size_t begin = text.size() - 1;
  for (int i = 0; i < 2 && begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U; ++i) --begin;
  const Glyph last = GlyphAt(text.substr(begin));
  return begin + last.length == text.size() ? last.c : '\0';
}

std::size_t CardLength(std::string_view text) {
  Luhn luhn;
  std::size_t longest = 0;
  std::size_t group = 0;  // digits since the last gap
  bool wrapped = false;
  for (std::size_t at = 0; at < text.size();) {
    if (!IsAsciiDigit(GlyphAt(text.substr(at)).c)) {
      const Gap gap = GapAt(text.substr(at));
      if (!MayPartCard(gap, group, DigitsAt(text.substr(at + gap.length))) || (wrapped && gap.has_break)) break;
      wrapped = wrapped || gap.has_break;
      group = 0;
      at += gap.length;
    }
    if (luhn.count() == kMaxCard) break;
    const Glyph digit = GlyphAt(text.substr(at));
    luhn.Add(static_cast<unsigned>(digit.c - '0'));
    ++group;
    at += digit.length;
    const bool at_end = at == text.size() || !IsAsciiDigit(GlyphAt(text.substr(at)).c);
    if (at_end && luhn.count() >= kMinCard && luhn.Fits()) longest = at;
  }
  return longest;
}

std::size_t IbanLength(std::string_view text) {
  std::string head;  // country and check digits
  std::size_t at = 0;
  while (head.size() < 4 && at < text.size()) {
    const Glyph glyph = GlyphAt(text.substr(at));
    if (head.size() < 2 ? !IsAsciiLetter(glyph.c) : !IsAsciiDigit(glyph.c)) return 0;
    head += glyph.c;
    at += glyph.length;
  }
  if (head.size() < 4) return 0;
  Mod97 mod(std::move(head));
  std::size_t longest = 0;
  std::size_t digits = 2;
  std::size_t count = 4;
  bool wrapped = false;
  while (at < text.size()) {
    if (GlyphAt(text.substr(at)).c == '\0') {
      const Gap gap = GapAt(text.substr(at));
      if (gap.length == 0 || gap.is_dot || (wrapped && gap.has_break)) break;
      wrapped = wrapped || gap.has_break;
      at += gap.length;
    }
    if (count == kMaxIban) break;
    const Glyph glyph = GlyphAt(text.substr(at));
    mod.Add(glyph.c);
    digits += IsAsciiDigit(glyph.c) ? 1U : 0U;
    ++count;
    at += glyph.length;
    // '[' begins what was taken out already: a number that ended there did not end there before.
    const bool at_end = at == text.size() || (GlyphAt(text.substr(at)).c == '\0' && text[at] != '[');
    // Every country's has more digits than letters; without that one sentence in a hundred would be one.
    if (at_end && count >= kMinIban && digits * 2 >= count && mod.Fits()) longest = at;
  }
  return longest;
}

}  // namespace tr
