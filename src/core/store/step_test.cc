#include "store/step.h"

#include <gtest/gtest.h>

#include "testing/manual_clock.h"
#include "testing/samples.h"

namespace tr::store {
namespace {

using testing::kMondayMorning;
using testing::LandedTicket;
using testing::SampleId;
using testing::SampleTicket;

const std::string kId = SampleId(kMondayMorning, 1);

Ticket In(State state, bool dead_lettered = false) {
  Ticket ticket = LandedTicket(kId, kMondayMorning, "Billing");
  ticket.state = state;
  ticket.dead_lettered = dead_lettered;
  return ticket;
}

TEST(EntryOf, StandsInAQueueWhileItIsSomebodysWork) {
  struct Case {
    State state;
    bool dead_lettered;
    bool stands;
  };
  for (const Case& one : {
           Case{State::kReceived, false, false},
           Case{State::kReceived, true, true},
           Case{State::kRead, false, false},
           Case{State::kRead, true, true},
           Case{State::kLanded, false, true},
           Case{State::kTaken, false, true},
           Case{State::kDone, false, false},
           Case{State::kDone, true, false},
           Case{State::kMerged, true, false},
           Case{State::kSplit, false, false},
           Case{State::kSetAside, true, false},
           Case{State::kSuspect, true, false},
       }) {
    EXPECT_EQ(EntryOf(In(one.state, one.dead_lettered)).has_value(), one.stands) << Name(one.state);
  }
}

TEST(AddTicket, WritesTheNextVersionAndMovesTheEntry) {
  struct Case {
    const char* what;
    Ticket before;
    Ticket after;
    std::size_t removed;
    std::size_t put;
  };
  const Ticket landed = In(State::kLanded);
  Ticket elsewhere = landed;
  elsewhere.team = "Sales";
  Ticket louder = landed;
  louder.rank = Rank::kEscalate;
  Ticket renamed = landed;
  renamed.subject = "Another";
  for (const Case& one : {
           Case{"new", Ticket{}, SampleTicket(kId, kMondayMorning), 0, 0},
           Case{"lands", In(State::kRead), landed, 0, 1},
           Case{"moves", landed, elsewhere, 1, 1},
           Case{"rises", landed, louder, 1, 1},
           Case{"is taken", landed, In(State::kTaken), 0, 0},
           Case{"is done", landed, In(State::kDone), 1, 0},
           Case{"is reopened", In(State::kDone), landed, 0, 1},
           Case{"is renamed", landed, renamed, 0, 0},
       }) {
    SCOPED_TRACE(one.what);
    Ticket before = one.before;
    before.version = before.id.empty() ? 0 : 7;
    Step step;
    AddTicket(step, before, one.after);
    EXPECT_EQ(step.entries_removed.size(), one.removed);
    EXPECT_EQ(step.entries_put.size(), one.put);
    ASSERT_EQ(step.tickets.size(), 1U);
    EXPECT_EQ(step.tickets[0].expected_version, before.version);
    EXPECT_EQ(step.tickets[0].ticket.version, before.version + 1);
    EXPECT_EQ(CountItems(step), 1 + one.removed + one.put);
  }
}

TEST(Names, EveryNameIsReadBack) {
  for (int i = 0; i < 6; ++i) {
    const auto kind = static_cast<DeliveryKind>(i);
    EXPECT_EQ(ParseDeliveryKind(Name(kind)), kind);
  }
  for (int i = 0; i < 3; ++i) {
    const auto state = static_cast<DeliveryState>(i);
    EXPECT_EQ(ParseDeliveryState(Name(state)), state);
  }
  for (int i = 0; i < 10; ++i) {
    const auto kind = static_cast<CorrectionKind>(i);
    EXPECT_EQ(ParseCorrectionKind(Name(kind)), kind);
  }
  EXPECT_EQ(ParseDeliveryKind("pong"), std::nullopt);
}

}  // namespace
}  // namespace tr::store
