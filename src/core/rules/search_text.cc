#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "rules/match.h"

namespace tr::rules {
namespace {

constexpr std::size_t kSearchedBytes = std::size_t{256} << 10;  // of a field, before folding

// The beginning of a text, cut where a character begins.
std::string_view Searched(std::string_view text) {
  if (text.size() <= kSearchedBytes) return text;
  std::size_t end = kSearchedBytes;
  while (end > 0 && (static_cast<std::uint8_t>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

// REQUIRES: a word, which has at least one byte.
std::uint8_t Bucket(std::string_view word) {
  const unsigned first = static_cast<std::uint8_t>(word[0]);
  const unsigned second = word.size() > 1 ? static_cast<std::uint8_t>(word[1]) : 0U;
  return static_cast<std::uint8_t>(first * 31U + second);
}

// Scripts written without spaces: Thai and Lao, Burmese, Khmer, kana, Han.
bool StandsAlone(std::int32_t code) {
  return (code >= 0x0E00 && code <= 0x0EFF) || (code >= 0x1000 && code <= 0x109F) ||
         (code >= 0x1780 && code <= 0x17FF) || (code >= 0x3040 && code <= 0x30FF) ||
         (code >= 0x3400 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
         (code >= 0x20000 && code <= 0x3FFFF);
}

// One, or as many as the word has characters that stand alone.
int CountIn(std::string_view word) {
  int alone = 0;
  while (!word.empty()) {
    const DecodedChar next = DecodeChar(word);
    if (StandsAlone(next.code)) ++alone;
    word.remove_prefix(next.length);
  }
  return std::max(alone, 1);
}

}  // namespace

SearchText::SearchText(std::string_view subject, std::string_view new_text) : subject_(subject), text_(new_text) {}

SearchText::Field::Field(std::string_view text)
    : folded_(Fold(Searched(text))), words_(Words(folded_)), next_(words_.size()) {
  for (std::size_t at = words_.size(); at-- > 0;) {
    std::uint32_t& head = heads_[Bucket(words_[at])];
    next_[at] = head;
    head = static_cast<std::uint32_t>(at) + 1;
  }
}

bool SearchText::Field::Has(const Phrase& phrase) const {
  if (phrase.words.empty() || phrase.words.front().empty() || phrase.words.size() > words_.size()) return false;
  const std::string_view first = phrase.words.front();
  if (phrase.open_end && phrase.words.size() == 1 && first.size() == 1) {  // stands for more than one bucket
    return std::any_of(words_.begin(), words_.end(), [&](std::string_view word) { return word.starts_with(first); });
  }
  for (std::uint32_t head = heads_[Bucket(first)]; head != 0; head = next_[head - 1]) {
    if (StandsAt(head - 1, phrase)) return true;
  }
  return false;
}

bool SearchText::Field::StandsAt(std::size_t at, const Phrase& phrase) const {
  const std::size_t last = phrase.words.size() - 1;
  if (at + last >= words_.size()) return false;
  for (std::size_t i = 0; i < last; ++i) {
    if (words_[at + i] != phrase.words[i]) return false;
  }
  const std::string_view end = words_[at + last];
  return phrase.open_end ? end.starts_with(phrase.words[last]) : end == phrase.words[last];
}

int SearchText::Field::CountWords() const {
  const bool ascii =
      std::none_of(folded_.begin(), folded_.end(), [](char c) { return static_cast<signed char>(c) < 0; });
  if (ascii) return static_cast<int>(words_.size());
  int count = 0;
  for (const std::string_view word : words_) count += CountIn(word);
  return count;
}

}  // namespace tr::rules
