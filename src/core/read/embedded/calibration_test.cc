#include "read/embedded/calibration.h"

#include <gtest/gtest.h>

#include <random>

namespace tr::read {
namespace {

std::vector<Trial> Trials(int count, double (*chance)(double score)) {
  std::minstd_rand random(7);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<Trial> trials;
  for (int i = 0; i < count; ++i) {
    const double score = uniform(random) * 2 - 1;
    trials.push_back({score, score + 1, uniform(random) < chance(score)});
  }
  return trials;
}

TEST(CalibrationTest, GrowsWithScoreAndMargin) {
  const Calibration calibration;
  EXPECT_LT(calibration.Confidence(-0.5, 0.1), calibration.Confidence(0.5, 0.1));
  EXPECT_LT(calibration.Confidence(0, 0), calibration.Confidence(0, 1));
  EXPECT_GT(calibration.Confidence(-1, 0), 0);
  EXPECT_LT(calibration.Confidence(1, 2), 1);
}

TEST(CalibrationTest, SaysHowOftenItIsRight) {
  const Calibration calibration(Trials(5000, [](double score) { return score > 0 ? 0.9 : 0.2; }));
  EXPECT_NEAR(calibration.Confidence(0.5, 1.5), 0.9, 0.08);
  EXPECT_NEAR(calibration.Confidence(-0.5, 0.5), 0.2, 0.08);
}

TEST(CalibrationTest, NeverSureEnoughMeansAHighThreshold) {
  const Calibration calibration(Trials(2000, [](double) { return 0.5; }));
  EXPECT_GT(calibration.sure_at(), 0.9);
}

TEST(CalibrationTest, AlwaysRightMeansALowThreshold) {
  const Calibration calibration(Trials(2000, [](double score) { return score > -0.9 ? 1.0 : 0.5; }));
  EXPECT_LT(calibration.sure_at(), 0.8);
}

TEST(CalibrationTest, AFewTrialsHardlyMoveIt) {
  const Calibration before;
  const Calibration after({{0.1, 0.2, false}, {0.3, 0.4, true}});
  EXPECT_NEAR(after.sure_at(), before.sure_at(), 0.1);
  EXPECT_NEAR(after.Confidence(0.5, 1), before.Confidence(0.5, 1), 0.1);
}

}  // namespace
}  // namespace tr::read
