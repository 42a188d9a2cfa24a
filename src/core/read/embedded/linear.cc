#include "read/embedded/linear.h"

#include <algorithm>
#include <numeric>
#include <random>

namespace tr::read {
namespace {

// Chosen on validation parts of public intent data (BANKING77, CLINC150, HWU64); the results move little around them.
constexpr float kCost = 1.0F;          // of a sample of weight 1 on the wrong side
constexpr float kPositiveCost = 6.0F;  // times that for the sample's own topic: one voice against all other topics

}  // namespace

Linear::Linear(std::size_t rows, int topics)
    : topics_(topics),
      stride_((static_cast<std::size_t>(topics) + 3) / 4 * 4),
      weights_(rows * stride_),
      bias_(stride_) {}

void Linear::Score(const Vector& vector, std::vector<float>& scores) const {
  scores.assign(bias_.begin(), bias_.end());
  float* out = scores.data();
  for (const Coordinate& coordinate : vector) {
    const float* row = weights_.data() + coordinate.row * stride_;
    for (std::size_t k = 0; k < stride_; ++k) out[k] += coordinate.value * row[k];
  }
}

void Linear::Grow(std::size_t rows) { weights_.resize(std::max(weights_.size(), rows * stride_)); }

void Linear::Train(const std::vector<Sample>& samples, int left_out_fold, int epochs, std::vector<float>& duals) {
  std::vector<std::uint32_t> order;
  std::vector<float> squares(samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (samples[i].fold == left_out_fold) continue;
    order.push_back(static_cast<std::uint32_t>(i));
    for (const Coordinate& c : samples[i].vector) squares[i] += c.value * c.value;
  }
  duals.resize(samples.size() * stride_);
  std::vector<float> scores;
  std::minstd_rand random(1);
  for (int epoch = 0; epoch < epochs; ++epoch) {
    std::shuffle(order.begin(), order.end(), random);
    for (const std::uint32_t i : order) Update(samples[i], duals.data() + i * stride_, scores, squares[i]);
  }
}

void Linear::Update(const Sample& sample, float* duals, std::vector<float>& scores, float square) {
  Score(sample.vector, scores);
  const float slack = 0.5F / (kCost * sample.weight);
  float* step = scores.data();
  const std::size_t own = static_cast<std::size_t>(sample.topic);
  const auto solve = [&](std::size_t k, float sign, float slack_k) {
    const float gradient = sign * step[k] - 1.0F + slack_k * duals[k];
    const float dual = std::max(0.0F, duals[k] - gradient / (square + 1.0F + slack_k));
    step[k] = sign * (dual - duals[k]);
    duals[k] = dual;
  };
  const float own_score = step[own];
  const float own_dual = duals[own];
  for (std::size_t k = 0; k < stride_; ++k) solve(k, -1.0F, slack);
  step[own] = own_score;
  duals[own] = own_dual;
  solve(own, 1.0F, slack / kPositiveCost);
  for (std::size_t k = 0; k < stride_; ++k) bias_[k] += step[k];
  for (const Coordinate& coordinate : sample.vector) {
    float* row = weights_.data() + coordinate.row * stride_;
    for (std::size_t k = 0; k < stride_; ++k) row[k] += coordinate.value * step[k];
  }
}

}  // namespace tr::read
