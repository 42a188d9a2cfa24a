#pragma once
// The labelled examples that lie nearest to a ticket: what humans corrected first, then the sheet's own.

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "read/embedded/embedded_reader.h"
#include "read/reader.h"

namespace tr::read {

struct Example {
  std::string text;        // a correction's is redacted
  std::string topic;       // as the sheet spells it
  bool corrected = false;  // a human said so
  double nearness = 0;     // 0 to 1: cosine of the two sets of words
};

// Thread-safe.
class Examples {
 public:
  // At most `limit`, none that shares no word with the text, at most two of a topic: corrections first, each kind by
  // nearness. Only of the topics given. Looks at the first 1,000 examples of the sheet.
  std::vector<Example> Nearest(const Text& text, const std::vector<const rules::Topic*>& topics, const Taught& taught,
                               std::size_t limit);

 private:
  using WordSet = std::vector<std::uint32_t>;  // hashes, ascending

  static WordSet WordsOf(std::string_view subject, std::string_view text);
  static double Nearness(const WordSet& a, const WordSet& b);
  const WordSet& WordsOf(const Lesson& lesson);

  std::mutex mutex_;
  std::unordered_map<std::string, WordSet> words_;  // of lessons, by id
};

}  // namespace tr::read
