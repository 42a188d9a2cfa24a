#pragma once
// The cues, written by hand: which words say what. Folded, without accents.
//
// Patterns are separated by ";". One is words in a row. "a|b" is either; a star at the end of a word is any ending
// (after three letters or more); "~" is up to two words of any kind but a negation, "~ ~" up to four; "@name" is a list
// of words from WordLists().

#include <cstdint>
#include <span>
#include <string_view>

namespace tr::read {

enum class CueKind : std::uint8_t {
  kUrgent,   // cannot wait
  kTrouble,  // something does not work or is missing: medium
  kPatient,  // says that it can wait
  kHeat,     // tone: `heat` above 0 is frustration or anger, below 0 friendliness
  kOutage,
  kPaymentFailure,
  kDeadline,
  kDeadlineSoon,  // today or tomorrow
};

struct Cue {
  std::string_view patterns;  // one or several
  CueKind kind = CueKind::kHeat;
  float heat = 0;  // kHeat only: 1 alone makes frustrated, 2 angry
};

struct WordList {
  std::string_view name;  // with its "@"
  std::string_view words;
};

std::span<const Cue> ToneCues();
std::span<const Cue> UrgencyCues();
std::span<const Cue> SignalCues();
std::span<const WordList> WordLists();
// Words that turn a cue into its opposite when they stand shortly before it, separated by "|".
std::string_view Negations();

}  // namespace tr::read
