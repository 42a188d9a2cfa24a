#pragma once
// The reader that needs no account and no network: topics by a linear classifier over words and pieces of words,
// trained on the book and on what humans corrected; urgency, tone and signals by cues in English, German, French and
// Spanish.

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "read/embedded/lessons.h"
#include "read/embedded/topic_model.h"
#include "read/reader.h"
#include "store/corrections.h"

namespace tr::read {

// What humans taught. `generation` rises whenever it changes.
struct Taught {
  std::uint64_t generation = 0;
  std::shared_ptr<const std::vector<Lesson>> lessons = std::make_shared<std::vector<Lesson>>();
};

class EmbeddedReader : public Reader {
 public:
  // `corrections` may be null (nothing is learned) and must outlive the reader.
  explicit EmbeddedReader(store::Corrections* corrections) : lessons_(corrections) {}

  // Never fails. Pulls the corrections first, and trains when they or the book's topics changed: milliseconds for a
  // sheet with some examples a topic. With thousands of examples it takes seconds, during which other threads read with
  // what was learned before. The first 16 KiB of the text are read.
  Result<Reading> Read(const Text& text, const rules::RuleBook& book, const Call& call) override;

  // The likeliest topics, the best first, at most `limit`; empty where nothing of the text is known. Pulls nothing
  // where a ticket was read by this book before.
  std::vector<TopicScore> Rank(const Text& text, const rules::RuleBook& book, std::size_t limit);

  // As of the last pull, for a reader beside this one: who asks after Read need not pull again.
  Taught taught();

  // Trains for the book if that is still to do, so that the first ticket need not wait.
  void Prepare(const rules::RuleBook& book);

  // Forgets what was pulled and pulls it anew with the next reading: after examples were erased.
  void Restart();

 private:
  struct Trained {
    std::uint64_t book = 0;            // the fingerprint of what it was trained on
    std::uint64_t generation = 0;      // of the lessons
    std::vector<std::string> lessons;  // ids of those that the model knows
    std::size_t settled = 0;           // texts at the last training from nothing
    std::shared_ptr<const TopicModel> model;
  };

  std::shared_ptr<const TopicModel> ModelFor(const rules::RuleBook& book);
  static void Learn(const rules::RuleBook& book, const std::vector<Lesson>& lessons, Trained& trained);
  Trained Find(std::uint64_t book_print);
  void Keep(Trained trained);
  Taught Keep(Lessons& lessons);

  std::mutex learning_;  // one thread pulls or trains; guards lessons_
  Lessons lessons_;
  std::mutex keeping_;            // guards what follows, for moments only
  std::vector<Trained> trained_;  // the latest used last; the book in force, and one that is being tried out
  Taught taught_;
};

}  // namespace tr::read
