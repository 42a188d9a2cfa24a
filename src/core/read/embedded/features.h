#pragma once
// A message as a bag of hashed features: words, pairs of neighbouring words, and pieces of 2 to 5 characters of each
// word, and what the words mean where that is known. The pieces carry over spelling mistakes, endings and compound
// words, the concepts other words and other languages for the same thing.

#include <cstdint>
#include <string_view>
#include <vector>

#include "read/embedded/tokens.h"

namespace tr::read {

enum class FeatureKind : std::uint8_t { kWord, kPiece, kConcept };
inline constexpr int kFeatureKinds = 3;

struct Feature {
  std::uint32_t key = 0;  // hash; never 0
  float amount = 0;       // how often; a word that says little counts as part of one
  FeatureKind kind = FeatureKind::kWord;
};

// Each feature once, in the order of its first appearance.
std::vector<Feature> ExtractFeatures(const Tokens& tokens);

// The key of a single word's feature.
std::uint32_t WordKey(std::string_view folded);

}  // namespace tr::read
