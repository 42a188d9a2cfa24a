#pragma once
// How many tokens a text will cost, before it is sent; put right by what comes back.

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace tr::read {

// The rule, per character: an ASCII letter or blank 0.24 tokens (4.2 to a token, as in English prose), any other ASCII
// character 0.5, up to U+07FF (accented Latin, Greek, Cyrillic, Hebrew, Arabic) 0.7, up to U+FFFF (CJK, Indic) 1.2,
// above (emoji) 2.5; the sum rounded up. Adding up characters, it never falls when a text grows, and can be cut to.
std::int64_t EstimateTokens(std::string_view utf8);

// A copy with at most so many tokens by the rule: the head and the tail stay (two thirds and one third), the middle
// becomes " […] ". Cut between characters. A text that fits comes back as it is.
std::string CutMiddle(std::string_view utf8, std::int64_t tokens);

// Vendors count differently: what they returned, divided by what the rule said, as a moving average. Thread-safe.
class TokenGauge {
 public:
  // 0.5 to 2; 1 at the start. A whole request's estimate is multiplied by it.
  double ratio() const;
  // Learns from one request; all at once from the first. Nothing is learned from a vendor that says 0.
  void Learn(std::int64_t estimated, std::int64_t returned);

 private:
  mutable std::mutex mutex_;
  double ratio_ = 1;
  bool has_learned_ = false;
};

}  // namespace tr::read
