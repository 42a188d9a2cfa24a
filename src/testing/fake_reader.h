#pragma once
// A reader that answers what a test told it to.

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "read/reader.h"

namespace tr::testing {

// A reading as a reader called "fake" would give it: sure at 0.5, the topic alone in its ranking.
Reading MakeReading(const std::string& topic, double confidence = 0.9, Urgency urgency = Urgency::kLow,
                    Tone tone = Tone::kCalm, Signals signals = {});

class FakeReader : public read::Reader {
 public:
  using Answer = std::function<Result<Reading>(const read::Text&, const rules::RuleBook&)>;

  // The first row whose words stand in the subject or the text answers; else what Otherwise or AnswerWith gave; else
  // "unsure" with confidence 0. An unknown topic becomes "unsure", as the port promises.
  Result<Reading> Read(const read::Text& text, const rules::RuleBook& book, const Call& call) override;

  void When(const std::string& words, Reading reading);
  void Otherwise(Reading reading);
  void AnswerWith(Answer answer);

  // The next `times` readings fail.
  void FailNext(Fault fault, int times = 1);
  // Every reading fails until Mend().
  void Break(Fault fault);
  void Mend();

  // What it was asked to read, failed calls included.
  std::vector<read::Text> asked() const;

 private:
  std::optional<Fault> NextFault();                                                 // REQUIRES: mutex_ is held
  Result<Reading> Find(const read::Text& text, const rules::RuleBook& book) const;  // REQUIRES: mutex_ is held

  mutable std::mutex mutex_;
  std::vector<std::pair<std::string, Reading>> table_;
  Answer otherwise_;
  std::deque<Fault> faults_;
  std::optional<Fault> broken_;
  std::vector<read::Text> asked_;
};

}  // namespace tr::testing
