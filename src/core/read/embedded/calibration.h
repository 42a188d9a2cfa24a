#pragma once
// How often a topic with such scores is right, and from where on that is often enough to route.

#include <vector>

namespace tr::read {

// One left-out text: what its best topic's scores were, and whether that topic was right.
struct Trial {
  double score = 0;   // of the topic, above what it gives to a text that says nothing
  double margin = 0;  // its score less the best other topic's
  bool right = false;
};

// Logistic in score and margin (Platt scaling with one more term).
class Calibration {
 public:
  // Before any trial: what texts with a handful of examples per topic usually give.
  Calibration() = default;
  // Fits to the trials, held near the default by a prior that matters less the more there are.
  explicit Calibration(const std::vector<Trial>& trials);

  // Between 0 and 1; grows with both.
  double Confidence(double score, double margin) const;
  // The least confidence at which a topic counts as sure: what was routed above it was right in about 95 of 100 trials.
  double sure_at() const { return sure_at_; }

 private:
  double score_ = 1.5;
  double margin_ = 3.0;
  double bias_ = -1.5;
  double sure_at_ = 0.55;
};

}  // namespace tr::read
