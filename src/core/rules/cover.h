#pragma once
// Which rules fit wherever others fit: what a lint knows of rules that can never decide anything.

#include <cstdint>
#include <vector>

#include "rules/book.h"

namespace tr::rules {

// How many comparisons a lint may still make, so that a book of thousands of rules stays cheap to read.
class Effort {
 public:
  explicit Effort(std::int64_t comparisons) : left_(comparisons) {}
  // False when all is spent: then the comparison was not made.
  bool Spend() { return left_ > 0 && left_-- > 0; }
  bool spent() const { return left_ <= 0; }

 private:
  std::int64_t left_;
};

// Whether every text with `narrow` in it has `wide` in it too: "urgent*" covers "urgently", "down" covers "site is
// down".
bool Covers(const Phrase& wide, const Phrase& narrow);

// Whether every address that fits `narrow` fits `wide` too.
bool Covers(const Sender& wide, const Sender& narrow);

// Whether all of `wide` fit whenever all of `narrow` fit. Never true by mistake; may be false where a clever human sees
// more, and when the effort is spent.
bool Covers(const std::vector<Condition>& wide, const std::vector<Condition>& narrow, Effort& effort);

// Whether two of the conditions exclude one another, such as `angry and calm`.
bool IsImpossible(const std::vector<Condition>& conditions, Effort& effort);

}  // namespace tr::rules
