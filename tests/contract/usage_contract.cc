// Usage: what models used by month, and spending within a limit.

#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using store::Used;

TEST_P(UsageContract, AMonthWithoutCallsUsedNothing) { EXPECT_EQ(Must(store_->usage()->OfMonth("2026-12")), Used{}); }

TEST_P(UsageContract, WhatIsAddedSumsUpByMonth) {
  Must(store_->usage()->Add("2026-12", {1, 800, 60, 1100}, std::nullopt));
  Must(store_->usage()->Add("2026-12", {1, 900, 50, 1150}, std::nullopt));
  Must(store_->usage()->Add("2027-01", {1, 1, 2, 3}, std::nullopt));
  EXPECT_EQ(Must(store_->usage()->OfMonth("2026-12")), (Used{2, 1700, 110, 2250}));
  EXPECT_EQ(Must(store_->usage()->OfMonth("2027-01")), (Used{1, 1, 2, 3}));
}

TEST_P(UsageContract, TheMonthsAreThoseInWhichSomethingWasUsed) {
  EXPECT_THAT(Must(store_->usage()->Months()), ::testing::IsEmpty());
  for (const char* month : {"2027-01", "2026-12", "2027-01"}) Must(store_->usage()->Add(month, {1, 2, 3, 4}, 100));
  EXPECT_EQ(Outcome(store_->usage()->Add("2027-02", {1, 2, 3, 4}, 3)), "conflict");
  EXPECT_EQ(Must(store_->usage()->OfMonth("2027-03")), Used{});
  EXPECT_THAT(Must(store_->usage()->Months()), ::testing::ElementsAre("2026-12", "2027-01"));
}

TEST_P(UsageContract, AnEstimateIsPutRight) {
  Must(store_->usage()->Add("2026-12", {1, 1000, 300, 2500}, std::nullopt));
  Must(store_->usage()->Add("2026-12", {0, -200, -240, -1400}, std::nullopt));
  EXPECT_EQ(Must(store_->usage()->OfMonth("2026-12")), (Used{1, 800, 60, 1100}));
}

TEST_P(UsageContract, TheLimitMayBeReachedButNotPassed) {
  Must(store_->usage()->Add("2026-12", {1, 10, 10, 60}, 100));
  EXPECT_EQ(Outcome(store_->usage()->Add("2026-12", {1, 10, 10, 41}, 100)), "conflict");
  EXPECT_EQ(Must(store_->usage()->OfMonth("2026-12")), (Used{1, 10, 10, 60})) << "nothing was added";
  EXPECT_EQ(Outcome(store_->usage()->Add("2026-12", {1, 10, 10, 40}, 100)), "ok");
  EXPECT_EQ(Outcome(store_->usage()->Add("2026-12", {1, 0, 0, 1}, 100)), "conflict");
  EXPECT_EQ(Outcome(store_->usage()->Add("2027-01", {1, 0, 0, 100}, 100)), "ok") << "another month";
}

TEST_P(UsageContract, ManyTogetherStayBelowTheLimit) {
  InThreads(8, [this](int) {
    for (int i = 0; i < 20; ++i) (void)store_->usage()->Add("2026-12", {1, 1, 1, 7}, 500).ok();
  });
  EXPECT_EQ(Must(store_->usage()->OfMonth("2026-12")), (Used{71, 71, 71, 497}));
}

}  // namespace
}  // namespace tr::contract
