// The sweeper and a ticket that cannot be read: it keeps no other from its turn.

#include "road/road.h"

namespace tr::road {
namespace {

using testing::FaultWhen;

constexpr const char* kText = "My parcel has been in Leipzig for five days";

// The nth port call from now fails for good.
void Damage(Road& road, int nth) {
  road.plan.Reset();
  road.plan.FailCall(nth, FaultWhen::kBefore, Permanent("damaged"));
}

TEST(Sweep, OneUnreadableTicketKeepsNoOtherFromTheQueue) {
  Road road;
  for (const char* from : {"kim@mail.example", "lou@mail.example"}) road.MustAccept(Mail(from, kText, "", from));
  for (const queue::Lease& lost : *road.waiting.Receive(10, minutes(1), Duration(0))) {
    ASSERT_TRUE(road.waiting.Acknowledge({lost.handle}));
  }
  road.clock.Advance(minutes(11));
  Damage(road, 2);  // after the list of what is unhandled
  const Result<int> requeued = pipeline::RequeueUnhandled(road.Sweeper(), minutes(10));
  ASSERT_FALSE(requeued.ok());
  EXPECT_EQ(requeued.fault().text, "damaged");
  EXPECT_EQ(road.waiting.size(), 1U);
  EXPECT_EQ(road.log.Count("not_requeued"), 1U);
}

TEST(Sweep, OneUnreadableTicketKeepsNoOtherFromItsEnd) {
  Road road;
  std::vector<std::string> taken;
  for (const char* from : {"kim@mail.example", "lou@mail.example"}) {
    taken.push_back(road.Land(Mail(from, kText, "", from)).id);
    ASSERT_TRUE(road.Apply(taken.back(), correct::Take{}));
  }
  road.clock.Advance(hours(24 * 4));
  pipeline::SweepSettings settings = road.sweep;
  settings.done_after = hours(24 * 3);
  Damage(road, 3);  // after the list of what is unhandled and the page of those taken: the newest one's messages
  const Result<pipeline::Swept> swept = pipeline::Sweep(road.Sweeper(), settings);
  ASSERT_FALSE(swept.ok());
  EXPECT_EQ(swept.fault().text, "damaged");
  EXPECT_EQ(road.Get(taken[1]).state, State::kTaken);
  EXPECT_EQ(road.Get(taken[0]).state, State::kDone);
}

}  // namespace
}  // namespace tr::road
