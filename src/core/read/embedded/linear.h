#pragma once
// One linear scorer per topic, and how it learns.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "read/embedded/encoder.h"

namespace tr::read {

struct Sample {
  Vector vector;
  int topic = 0;
  float weight = 1;  // above 1: counts more
  int fold = 0;      // 0 to folds - 1
};

// Weights: for each row of the encoder one number per topic, side by side.
class Linear {
 public:
  Linear(std::size_t rows, int topics);
  Linear() : Linear(0, 0) {}

  // Scores of all topics: above 0 says yes, below no; training pulls towards 1 and -1.
  void Score(const Vector& vector, std::vector<float>& scores) const;
  float weight(std::size_t row, int topic) const { return weights_[row * stride_ + static_cast<std::size_t>(topic)]; }
  // What a text without any known feature scores.
  float bias(int topic) const { return bias_[static_cast<std::size_t>(topic)]; }
  int topics() const { return topics_; }

  // Adds rows of zeroes, so that there are at least so many.
  void Grow(std::size_t rows);

  // One-vs-rest support vector machines with squared hinge loss, by coordinate descent in the dual (Hsieh et al., ICML
  // 2008), for all topics at once. Deterministic. Leaves out the samples of `left_out_fold` (-1: none). `duals` holds
  // how far each sample has pushed; empty to begin with. Given back with more samples behind the same ones, it goes on
  // from there.
  void Train(const std::vector<Sample>& samples, int left_out_fold, int epochs, std::vector<float>& duals);

 private:
  void Update(const Sample& sample, float* duals, std::vector<float>& scores, float square);

  int topics_;
  std::size_t stride_;  // topics rounded up, so that a row begins where vector instructions like it
  std::vector<float> weights_;
  std::vector<float> bias_;
};

}  // namespace tr::read
