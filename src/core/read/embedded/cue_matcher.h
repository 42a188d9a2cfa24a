#pragma once
// Finds the lexicon's patterns in a text.

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "read/embedded/lexicon.h"
#include "read/embedded/tokens.h"

namespace tr::read {

struct CueHit {
  const Cue* cue = nullptr;
  std::size_t first = 0;  // words of the text, both ends included
  std::size_t last = 0;
};

class CueMatcher {
 public:
  CueMatcher();
  // The one that holds the whole lexicon. Built once; thread-safe.
  static const CueMatcher& Get();

  // Hits in the order of the text; of each pattern at most one that begins at a word. Negated ones are left out.
  // Linear in the words: each starts a bounded number of bounded comparisons.
  std::vector<CueHit> Find(const Tokens& tokens) const;

 private:
  struct Word {
    std::string text;
    bool open_end = false;
  };
  struct Place {
    std::vector<Word> either;  // empty: a gap
  };
  struct Pattern {
    const Cue* cue = nullptr;
    std::vector<Place> places;
  };

  void Add(const Cue& cue, std::string_view text);
  static std::vector<Word> Alternatives(std::string_view text);
  static bool Fits(const Place& place, std::string_view word);
  bool IsNegation(std::string_view word) const;
  bool Negated(const Tokens& tokens, std::size_t first) const;
  // The last word of a hit that begins at `first`, or -1.
  std::ptrdiff_t Match(const Pattern& pattern, const Tokens& tokens, std::size_t first) const;

  std::vector<Pattern> patterns_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_start_;  // first three bytes of the first word
  Place negations_;
};

}  // namespace tr::read
