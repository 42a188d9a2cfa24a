#include "ticket/steps.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace tr {
namespace {

constexpr State kStates[] = {State::kReceived, State::kRead,  State::kLanded,   State::kTaken,  State::kDone,
                             State::kMerged,   State::kSplit, State::kSetAside, State::kSuspect};

TEST(StepsTest, AllowsTheTableAndNothingElse) {
  const std::map<State, std::set<State>> table = {
      {State::kReceived,
       {State::kRead, State::kLanded, State::kMerged, State::kSetAside, State::kSuspect, State::kSplit}},
      {State::kRead, {State::kLanded, State::kMerged, State::kSetAside}},
      {State::kLanded, {State::kTaken, State::kDone, State::kMerged, State::kSplit}},
      {State::kTaken, {State::kLanded, State::kDone, State::kMerged, State::kSplit}},
      {State::kDone, {State::kLanded, State::kMerged}},
      {State::kMerged, {State::kLanded, State::kTaken, State::kDone}},
      {State::kSplit, {State::kLanded, State::kTaken}},
      {State::kSetAside, {State::kReceived}},
      {State::kSuspect, {State::kReceived}},
  };
  for (const State from : kStates) {
    for (const State to : kStates) {
      EXPECT_EQ(MayStep(from, to), from == to || table.at(from).contains(to)) << Name(from) << " to " << Name(to);
    }
  }
}

TEST(StepsTest, KnowsWhatIsOpenAndWhatIsQueued) {
  const std::set<State> open = {State::kReceived, State::kRead, State::kLanded, State::kTaken};
  const std::set<State> queued = {State::kLanded, State::kTaken};
  for (const State state : kStates) {
    EXPECT_EQ(IsOpen(state), open.contains(state)) << Name(state);
    EXPECT_EQ(IsQueued(state), queued.contains(state)) << Name(state);
  }
}

}  // namespace
}  // namespace tr
