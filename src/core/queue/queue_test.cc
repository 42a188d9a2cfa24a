#include "queue/queue.h"

#include <gtest/gtest.h>

namespace tr::queue {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Backoff, DoublesToItsCapAndSpreadsBetweenHalfAndAll) {
  struct Case {
    int attempts;
    double chance;
    Duration wait;
  };
  for (const Case& one : {
           Case{1, 1, seconds(1)},
           Case{1, 0, milliseconds(500)},
           Case{1, 0.5, milliseconds(750)},
           Case{2, 1, seconds(2)},
           Case{5, 1, seconds(16)},
           Case{5, 0, seconds(8)},
           Case{9, 1, seconds(256)},
           Case{10, 1, minutes(5)},
           Case{10, 0, milliseconds(150'000)},
           Case{1'000'000, 1, minutes(5)},
           Case{0, 1, seconds(1)},
           Case{-5, 1, seconds(1)},
       }) {
    EXPECT_EQ(Backoff(one.attempts, one.chance), one.wait) << one.attempts << " tries, chance " << one.chance;
  }
  EXPECT_EQ(Backoff(30, 1, seconds(7)), seconds(7));
}

// What kMaxAttempts promises: an item is buried about two minutes after its first try.
TEST(Backoff, AnItemIsBuriedAfterAboutTwoMinutes) {
  Duration whole(0);
  for (int attempts = 1; attempts < kMaxAttempts; ++attempts) whole += Backoff(attempts, 1);
  EXPECT_GT(whole, minutes(1));
  EXPECT_LT(whole, minutes(3));
}

}  // namespace
}  // namespace tr::queue
