#pragma once
// What each character of a text costs in tokens, one after the other. Internal to token_estimate.

#include <cstddef>
#include <cstdint>

namespace tr::read {

class TokenScale {
 public:
  // Hundredths of a token that this scalar value adds after those before it: 20 to 300.
  std::int64_t Next(std::int32_t code);

 private:
  enum class Kind : std::uint8_t { kBlank, kLetter, kDigit, kSign, kOther };

  std::int64_t Letter(std::int32_t code);

  Kind before_ = Kind::kBlank;
  std::size_t letters_ = 0;     // of the word so far
  std::size_t consonants_ = 0;  // in a row
  bool accented_ = false;       // the word has letters beyond ASCII
};

}  // namespace tr::read
