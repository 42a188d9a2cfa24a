#pragma once
// From hashed features to a short vector of length at most 1: TF-IDF over the features that the training texts have.

#include <array>
#include <cstdint>
#include <vector>

#include "read/embedded/features.h"

namespace tr::read {

// One coordinate of a vector: a row of the weights and its value.
struct Coordinate {
  std::uint32_t row = 0;
  float value = 0;
};
using Vector = std::vector<Coordinate>;

class Encoder {
 public:
  // Learns which features there are and how rare each is. `least_texts`: features that fewer texts have are left out.
  Encoder(const std::vector<std::vector<Feature>>& texts, int least_texts);
  Encoder() : Encoder({}, 1) {}

  // Makes rows, behind the others, for the features of these texts that have none yet.
  void Extend(const std::vector<std::vector<Feature>>& texts);

  // A feature that no training text has is no coordinate, but counts in the length: the less familiar a text, the
  // shorter its vector, and the nearer all its scores to nothing.
  Vector Encode(const std::vector<Feature>& features) const;

  // How many rows there are; coordinates' rows are below it.
  std::size_t rows() const { return rarity_.size(); }
  // The row of a feature, or -1; and its rarity.
  std::int64_t Find(std::uint32_t key) const;
  float rarity(std::size_t row) const { return rarity_[row]; }

 private:
  struct Slot {
    std::uint32_t key = 0;  // 0: free
    std::uint32_t row = 0;
  };
  void Learn(const std::vector<std::vector<Feature>>& texts, int least_texts);
  void Place(std::uint32_t key, std::uint32_t row);

  std::vector<Slot> slots_;
  std::vector<float> rarity_;  // by row
  float unseen_ = 1;
};

}  // namespace tr::read
