#include "read/embedded/features.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

#include "read/embedded/concepts.h"
#include "read/embedded/function_words.h"

namespace tr::read {
namespace {

constexpr std::uint64_t kWordSeed = 0x9E3779B97F4A7C15ULL;
constexpr std::uint64_t kPairSeed = 0xC2B2AE3D27D4EB4FULL;
constexpr std::uint64_t kPieceSeed = 0x165667B19E3779F9ULL;
constexpr std::uint64_t kConceptSeed = 0x27D4EB2F165667C5ULL;
constexpr std::uint64_t kPrime = 0x100000001B3ULL;  // FNV-1a, 64 bits
constexpr int kShortestPiece = 2;
constexpr int kLongestPiece = 5;
constexpr float kLittleSaid = 0.6F;          // of another word
constexpr float kPair = 0.7F;                // of a single word; measured on validation parts of public intent data
constexpr std::size_t kWordCharacters = 48;  // a longer run is a key or a file, not a word

std::uint32_t Finish(std::uint64_t hash) {
  hash ^= hash >> 32;
  hash *= 0xD6E8FEB86659FD93ULL;
  hash ^= hash >> 32;
  const auto key = static_cast<std::uint32_t>(hash);
  return key == 0 ? 1 : key;
}

// Numbers differ from ticket to ticket; that there is one of so many digits is what counts.
unsigned char Blur(char c) { return c >= '0' && c <= '9' ? '0' : static_cast<unsigned char>(c); }

std::uint64_t HashWord(std::uint64_t seed, std::string_view folded) {
  for (const char c : folded) seed = (seed ^ Blur(c)) * kPrime;
  return seed;
}

bool IsNumber(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return Blur(c) == '0'; });
}

bool SaysLittle(std::string_view folded) { return IsNumber(folded) || IsFunctionWord(folded); }

// Counts keys in a table that lives for one message.
class Bag {
 public:
  explicit Bag(std::size_t expected) : slots_(std::bit_ceil(std::max<std::size_t>(expected * 2, 64)), 0) {
    features_.reserve(expected);
  }

  void Add(std::uint32_t key, FeatureKind kind, float amount) {
    if ((features_.size() + 1) * 2 > slots_.size()) Grow();
    std::uint32_t& slot = Slot(key);
    if (slot == 0) {
      features_.push_back({key, amount, kind});
      slot = static_cast<std::uint32_t>(features_.size());
      return;
    }
    features_[slot - 1].amount += amount;
  }

  std::vector<Feature> Take() && { return std::move(features_); }

 private:
  std::uint32_t& Slot(std::uint32_t key) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = key & mask;
    while (slots_[i] != 0 && features_[slots_[i] - 1].key != key) i = (i + 1) & mask;
    return slots_[i];
  }

  void Grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (std::size_t i = 0; i < features_.size(); ++i) Slot(features_[i].key) = static_cast<std::uint32_t>(i + 1);
  }

  std::vector<std::uint32_t> slots_;  // 0: free; otherwise 1 + index in features_
  std::vector<Feature> features_;
};

// Characters of " word " as numbers. Returns how many.
std::size_t PadWord(std::string_view folded, std::array<std::uint32_t, kWordCharacters + 2>& out) {
  std::size_t size = 0;
  out[size++] = ' ';
  for (std::size_t i = 0; i < folded.size() && size <= kWordCharacters;) {
    std::uint32_t character = Blur(folded[i++]);
    while (i < folded.size() && (static_cast<unsigned char>(folded[i]) & 0xC0U) == 0x80) {
      character = character << 8 | static_cast<unsigned char>(folded[i++]);
    }
    out[size++] = character;
  }
  out[size++] = ' ';
  return size;
}

void AddPieces(std::string_view folded, float amount, Bag& bag) {
  std::array<std::uint32_t, kWordCharacters + 2> characters{};
  const std::size_t size = PadWord(folded, characters);
  for (std::size_t begin = 0; begin + kShortestPiece <= size; ++begin) {
    std::uint64_t hash = kPieceSeed;
    const std::size_t longest = std::min<std::size_t>(kLongestPiece, size - begin);
    for (std::size_t n = 1; n <= longest; ++n) {
      hash = (hash ^ characters[begin + n - 1]) * kPrime;
      if (n >= kShortestPiece) bag.Add(Finish(hash), FeatureKind::kPiece, amount);
    }
  }
}

void AddConcept(std::string_view folded, Bag& bag) {
  const int concept_number = ConceptOf(folded);
  if (concept_number < 0) return;
  bag.Add(Finish((kConceptSeed + static_cast<std::uint64_t>(concept_number)) * kPrime), FeatureKind::kConcept, 1);
}

}  // namespace

std::uint32_t WordKey(std::string_view folded) { return Finish(HashWord(kWordSeed, folded)); }

std::vector<Feature> ExtractFeatures(const Tokens& tokens) {
  Bag bag(tokens.folded.size() * 4 + 16);
  float before = 1;
  for (std::size_t i = 0; i < tokens.words.size(); ++i) {
    const std::string_view word = tokens.Folded(tokens.words[i]);
    const float amount = SaysLittle(word) ? kLittleSaid : 1;
    bag.Add(WordKey(word), FeatureKind::kWord, amount);
    if (i > 0 && tokens.words[i - 1].part == tokens.words[i].part) {
      const std::uint64_t first = HashWord(kPairSeed, tokens.Folded(tokens.words[i - 1]));
      bag.Add(Finish(HashWord(first * kPrime, word)), FeatureKind::kWord, std::max(amount, before) * kPair);
    }
    AddPieces(word, amount, bag);
    AddConcept(word, bag);
    before = amount;
  }
  return std::move(bag).Take();
}

}  // namespace tr::read
