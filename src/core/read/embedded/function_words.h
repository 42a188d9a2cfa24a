#pragma once
// Words that say how a sentence is built rather than what it is about, in English, German, French and Spanish.

#include <string_view>

namespace tr::read {

// `folded`: lower case, without accents. Question words, negations and prepositions of place and time are none: "when"
// and "not" tell topics apart.
bool IsFunctionWord(std::string_view folded);

}  // namespace tr::read
