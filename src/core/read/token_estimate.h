#pragma once
// How many tokens a text will cost, before it is sent; put right by what comes back.

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace tr::read {

// The rule adds up characters, each by what stands before it: an ASCII letter 0.24 tokens (4.2 to a token, as in
// English prose), 0.4 and more in long and accented words, within capitals and behind digits, a whole one in what no
// language spells (five consonants in a row); a blank 0.2, a digit 0.4 (the first 0.8), a sign 0.4 to 0.7, an accented
// letter 1.1; other scripts 0.7 (Cyrillic) to 3 (their bytes, where they are rare), emoji 2.7; rounded up. So it never
// falls when a text grows, and can be cut to. Held against a vendor's tokenizer it says from half to twice:
// docs/decisions/0012.
std::int64_t EstimateTokens(std::string_view utf8);

// A copy with at most so many tokens by the rule: the head and the tail stay (two thirds and one third), the middle
// becomes " […] ". Cut between characters. A text that fits comes back as it is.
std::string CutMiddle(std::string_view utf8, std::int64_t tokens);

// Vendors count differently: what they returned, divided by what the rule said, as a moving average. Thread-safe.
class TokenGauge {
 public:
  // 0.5 to 2; 1 at the start. A whole request's estimate is multiplied by it.
  double ratio() const;
  // Learns from one request: the first moves it by a fifth of what it says, those after the sixth by a tenth; none by
  // more than a third of that, whatever it holds. Nothing is learned from a vendor that says 0.
  void Learn(std::int64_t estimated, std::int64_t returned);

 private:
  mutable std::mutex mutex_;
  double ratio_ = 1;
  int learned_ = 0;
};

}  // namespace tr::read
