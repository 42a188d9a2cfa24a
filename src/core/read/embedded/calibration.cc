#include "read/embedded/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace tr::read {
namespace {

constexpr double kWantedPrecision = 0.95;
// How firmly the default holds: as many trials as this weigh as much as it does.
constexpr double kPriorTrials = 40;
constexpr double kPriorPrecision = 2.0;  // of each parameter around its default
constexpr double kLeastSure = 0.35;
constexpr double kMostSure = 0.95;

using Three = std::array<double, 3>;
using Matrix = std::array<Three, 3>;

double Sigmoid(double z) { return 1 / (1 + std::exp(-z)); }

// Gauss; the matrix is symmetric and positive definite, thanks to the prior.
Three Solve(Matrix m, Three v) {
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = i + 1; j < 3; ++j) {
      const double factor = m[j][i] / m[i][i];
      for (std::size_t k = i; k < 3; ++k) m[j][k] -= factor * m[i][k];
      v[j] -= factor * v[i];
    }
  }
  for (std::size_t i = 3; i-- > 0;) {
    for (std::size_t k = i + 1; k < 3; ++k) v[i] -= m[i][k] * v[k];
    v[i] /= m[i][i];
  }
  return v;
}

Three FitLogistic(const std::vector<Trial>& trials, const Three& prior) {
  Three at = prior;
  for (int step = 0; step < 25; ++step) {
    Matrix curvature{};
    Three slope{};
    for (std::size_t i = 0; i < 3; ++i) {
      curvature[i][i] = kPriorPrecision;
      slope[i] = kPriorPrecision * (prior[i] - at[i]);
    }
    for (const Trial& trial : trials) {
      const Three x = {trial.score, trial.margin, 1};
      const double p = Sigmoid(at[0] * x[0] + at[1] * x[1] + at[2]);
      const double weight = std::max(p * (1 - p), 1e-4);
      for (std::size_t i = 0; i < 3; ++i) {
        slope[i] += ((trial.right ? 1 : 0) - p) * x[i];
        for (std::size_t j = 0; j < 3; ++j) curvature[i][j] += weight * x[i] * x[j];
      }
    }
    const Three move = Solve(curvature, slope);
    double size = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      at[i] += std::clamp(move[i], -2.0, 2.0);
      size += std::abs(move[i]);
    }
    if (size < 1e-4) break;
  }
  return at;
}

// The lowest confidence above which the trials' mean is the wanted precision.
double LowestSure(std::vector<std::pair<double, bool>> outcomes) {
  std::sort(outcomes.begin(), outcomes.end(), std::greater<>());
  double right = 0;
  double lowest = kMostSure;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    right += outcomes[i].second ? 1 : 0;
    const double routed = static_cast<double>(i + 1);
    // Half a mistake is taken for granted, so that a short lucky streak proves nothing.
    if (right / (routed + 0.5) >= kWantedPrecision) lowest = outcomes[i].first;
  }
  return std::clamp(lowest, kLeastSure, kMostSure);
}

}  // namespace

Calibration::Calibration(const std::vector<Trial>& trials) {
  const Three fitted = FitLogistic(trials, {score_, margin_, bias_});
  score_ = std::max(fitted[0], 0.0);
  margin_ = std::max(fitted[1], 0.1);
  bias_ = fitted[2];
  std::vector<std::pair<double, bool>> outcomes;
  outcomes.reserve(trials.size());
  for (const Trial& trial : trials) outcomes.emplace_back(Confidence(trial.score, trial.margin), trial.right);
  const double trusted = static_cast<double>(trials.size()) / (static_cast<double>(trials.size()) + kPriorTrials);
  sure_at_ = trusted * LowestSure(std::move(outcomes)) + (1 - trusted) * sure_at_;
}

double Calibration::Confidence(double score, double margin) const {
  return Sigmoid(score_ * score + margin_ * margin + bias_);
}

}  // namespace tr::read
