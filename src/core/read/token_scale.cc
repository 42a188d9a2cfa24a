#include "read/token_scale.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tr::read {
namespace {

// Letters that no vocabulary holds in pieces of several: after this many consonants no word goes on.
constexpr std::size_t kConsonants = 4;
constexpr std::size_t kLongWord = 8;

struct Script {
  std::int32_t end;  // the first code behind it
  std::int64_t weight;
};
// Beyond Latin, by what the scripts' own prose was seen to cost. What is rare costs its bytes of UTF-8.
constexpr std::array<Script, 20> kScripts = {{
    {0x0370, 200},   // combining marks, phonetics
    {0x0400, 100},   // Greek
    {0x0530, 70},    // Cyrillic
    {0x0590, 200},   // Armenian
    {0x0600, 90},    // Hebrew
    {0x0700, 100},   // Arabic
    {0x0900, 200},   // Syriac, Thaana, N'Ko
    {0x0E80, 180},   // the Indic scripts, Thai
    {0x10A0, 300},   // Lao, Tibetan, Myanmar
    {0x1100, 120},   // Georgian
    {0x1E00, 300},   // Ethiopic, Khmer and others
    {0x1F00, 180},   // Latin with two accents: Vietnamese
    {0x2000, 200},   // old Greek
    {0x2070, 120},   // dashes, quotes
    {0x3000, 200},   // symbols
    {0xA000, 120},   // Chinese, Japanese
    {0xAC00, 300},   // what is rare
    {0xD800, 120},   // Korean
    {0xFFFF, 250},   // forms, what is rare
    {0x110000, 270}  // emoji, mathematical letters
}};

bool IsAsciiLetter(std::int32_t code) { return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z'); }
bool IsLatin(std::int32_t code) { return code < 0x80 ? IsAsciiLetter(code) : code >= 0xC0 && code < 0x250; }
bool IsVowel(std::int32_t code) {
  return std::string_view("aeiouyAEIOUY").find(static_cast<char>(code)) != std::string_view::npos;
}

}  // namespace

std::int64_t TokenScale::Letter(std::int32_t code) {
  const bool after_digit = before_ == Kind::kDigit;
  ++letters_;
  before_ = Kind::kLetter;
  if (code >= 0x80) {
    accented_ = true;
    consonants_ = 0;
    return 110;
  }
  consonants_ = IsVowel(code) ? 0 : consonants_ + 1;
  if (consonants_ > kConsonants) return 100;
  if (after_digit) return 60;
  const bool capital = code <= 'Z' && letters_ > 1;
  if (capital || accented_) return 45;
  return letters_ > kLongWord ? 40 : 24;
}

std::int64_t TokenScale::Next(std::int32_t code) {
  if (IsLatin(code)) return Letter(code);
  letters_ = consonants_ = 0;
  accented_ = false;
  const Kind before = before_;
  before_ = Kind::kOther;
  if (code >= 0x80) {
    return std::find_if(kScripts.begin(), kScripts.end() - 1, [&](const Script& one) { return code < one.end; })
        ->weight;
  }
  if (code == ' ' || code == '\n') {
    before_ = Kind::kBlank;
    return code == ' ' ? 20 : 70;
  }
  if (code >= '0' && code <= '9') {
    before_ = Kind::kDigit;
    return before == Kind::kDigit ? 40 : 80;
  }
  before_ = Kind::kSign;
  if (before == Kind::kSign) return 40;
  return before == Kind::kLetter ? 50 : 70;
}

}  // namespace tr::read
