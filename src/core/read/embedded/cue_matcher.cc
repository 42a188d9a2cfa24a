#include "read/embedded/cue_matcher.h"

#include <algorithm>

#include "base/text.h"

namespace tr::read {
namespace {

constexpr std::size_t kGap = 2;       // words that "~" may stand for
constexpr std::size_t kNegation = 2;  // a negation counts when it stands so many words before a cue, or nearer

std::uint32_t StartKey(std::string_view word) {
  std::uint32_t key = 0;
  for (const char c : word.substr(0, 3)) key = key << 8 | static_cast<unsigned char>(c);
  return key;
}

// "l'erreur" → "erreur", "site's" → "site"; anything else as it is.
std::string_view WithoutElision(std::string_view word) {
  if (word.ends_with("'s")) return word.substr(0, word.size() - 2);
  const std::size_t apostrophe = word.find('\'');
  const bool elided = apostrophe == 1 || (apostrophe == 2 && word.starts_with("qu"));
  return elided ? word.substr(apostrophe + 1) : word;
}

std::string_view WordsOf(std::string_view list) {
  for (const WordList& one : WordLists()) {
    if (one.name == list) return one.words;
  }
  return {};
}

}  // namespace

const CueMatcher& CueMatcher::Get() {
  static const CueMatcher matcher;
  return matcher;
}

CueMatcher::CueMatcher() {
  negations_.either = Alternatives(Negations());
  for (const auto cues : {ToneCues(), UrgencyCues(), SignalCues()}) {
    for (const Cue& cue : cues) {
      for (const std::string_view pattern : SplitText(cue.patterns, ';')) Add(cue, pattern);
    }
  }
}

std::vector<CueMatcher::Word> CueMatcher::Alternatives(std::string_view text) {
  std::vector<Word> words;
  for (std::string_view word : SplitText(text, '|')) {
    if (word.starts_with('@')) {
      for (const std::string_view listed : SplitText(WordsOf(word), '|')) words.push_back({std::string(listed), false});
      continue;
    }
    const bool open = word.ends_with('*');
    if (open) word.remove_suffix(1);
    words.push_back({std::string(word), open});
  }
  return words;
}

void CueMatcher::Add(const Cue& cue, std::string_view text) {
  Pattern pattern;
  pattern.cue = &cue;
  for (const std::string_view part : SplitText(text, ' ')) {
    pattern.places.emplace_back();
    if (part != "~") pattern.places.back().either = Alternatives(part);
  }
  const auto number = static_cast<std::uint32_t>(patterns_.size());
  for (const Word& word : pattern.places.front().either) {
    std::vector<std::uint32_t>& starting = by_start_[StartKey(word.text)];
    if (starting.empty() || starting.back() != number) starting.push_back(number);
  }
  patterns_.push_back(std::move(pattern));
}

bool CueMatcher::Fits(const Place& place, std::string_view word) {
  const std::string_view bare = WithoutElision(word);
  return std::any_of(place.either.begin(), place.either.end(), [&](const Word& one) {
    if (one.open_end) return word.starts_with(one.text) || bare.starts_with(one.text);
    return word == one.text || bare == one.text;
  });
}

bool CueMatcher::IsNegation(std::string_view word) const { return Fits(negations_, word); }

bool CueMatcher::Negated(const Tokens& tokens, std::size_t first) const {
  for (std::size_t back = 0; back < kNegation && back < first; ++back) {
    if (tokens.words[first - back].clause_start) return false;
    if (IsNegation(tokens.Folded(tokens.words[first - back - 1]))) return true;
  }
  return false;
}

std::ptrdiff_t CueMatcher::Match(const Pattern& pattern, const Tokens& tokens, std::size_t first) const {
  std::size_t at = first;
  std::size_t gap = 0;
  for (const Place& place : pattern.places) {
    if (place.either.empty()) {
      gap += kGap;
      continue;
    }
    while (at < tokens.words.size() && !Fits(place, tokens.Folded(tokens.words[at]))) {
      if (gap-- == 0 || IsNegation(tokens.Folded(tokens.words[at]))) return -1;
      ++at;
    }
    if (at == tokens.words.size() || tokens.words[at].part != tokens.words[first].part) return -1;
    gap = 0;
    ++at;
  }
  return static_cast<std::ptrdiff_t>(at) - 1;
}

std::vector<CueHit> CueMatcher::Find(const Tokens& tokens) const {
  std::vector<CueHit> hits;
  for (std::size_t i = 0; i < tokens.words.size(); ++i) {
    const std::string_view word = tokens.Folded(tokens.words[i]);
    const std::string_view bare = WithoutElision(word);
    const auto try_start = [&](std::uint32_t key) {
      const auto found = by_start_.find(key);
      if (found == by_start_.end()) return;
      for (const std::uint32_t number : found->second) {
        const std::ptrdiff_t last = Match(patterns_[number], tokens, i);
        if (last < 0 || Negated(tokens, i)) continue;
        hits.push_back({patterns_[number].cue, i, static_cast<std::size_t>(last)});
      }
    };
    try_start(StartKey(word));
    if (StartKey(bare) != StartKey(word)) try_start(StartKey(bare));
  }
  return hits;
}

}  // namespace tr::read
