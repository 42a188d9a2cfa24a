#pragma once
// What humans taught, pulled from the corrections: the examples in force at the cursor.

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/corrections.h"

namespace tr::read {

struct Lesson {
  std::string id;            // of the correction
  std::string ticket;        // whose text it is
  std::string topic;         // as the correction spells it
  std::string text;          // redacted
  bool whole_ticket = true;  // a later lesson of the same ticket takes its place
};

// Not thread-safe: one caller at a time.
class Lessons {
 public:
  // `corrections` may be null: then nothing is ever taught.
  explicit Lessons(store::Corrections* corrections) : corrections_(corrections) {}

  // Takes in what came since the last call. A store that does not answer changes nothing: the next call asks again.
  void Pull();
  // Forgets everything and starts at the beginning with the next Pull.
  void Restart();
  // Rises whenever the lessons in force change.
  std::uint64_t generation() const { return generation_; }
  // Oldest first; of several about one whole ticket the latest; at most the 20,000 latest.
  std::vector<Lesson> InForce() const;

 private:
  void Take(store::Correction row);

  store::Corrections* corrections_;
  std::string cursor_;
  std::uint64_t generation_ = 0;
  std::uint64_t next_ = 0;
  std::map<std::uint64_t, Lesson> lessons_;  // in the order in which they were stored
  std::unordered_map<std::string, std::uint64_t> by_id_;
};

}  // namespace tr::read
