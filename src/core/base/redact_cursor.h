#pragma once
// Reads on from a place in a text.

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "base/text.h"

namespace tr {

class Cursor {
 public:
  Cursor(std::string_view text, std::size_t at) : text_(text), at_(at) {}
  std::size_t at() const { return at_; }
  std::string_view rest() const { return text_.substr(at_); }
  char Next() const { return at_ == text_.size() ? '\0' : text_[at_]; }

  // Case-blind in ASCII; `lower` is lower case.
  bool Take(std::string_view lower) {
    if (!EqualsIgnoreCaseAscii(rest().substr(0, lower.size()), lower)) return false;
    at_ += lower.size();
    return true;
  }
  bool TakeAny(std::initializer_list<std::string_view> lower) {
    return std::any_of(lower.begin(), lower.end(), [this](std::string_view one) { return Take(one); });
  }
  // Up to kMaxGap blanks and `others`: what may stand between a name and its value. True when a blank was there.
  bool SkipGap(std::initializer_list<std::string_view> others) {
    bool blank = false;
    for (int i = 0; i < kMaxGap; ++i) {
      if (TakeAny({" ", "\t", "\u00A0"})) {
        blank = true;
      } else if (!TakeAny(others)) {
        break;
      }
    }
    return blank;
  }

 private:
  static constexpr int kMaxGap = 8;  // characters

  std::string_view text_;
  std::size_t at_;
};

}  // namespace tr
