#include "lambda/event_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tr::lambda {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Notes what is asked of it; `down`: buries nothing; `full`: takes nothing.
class NotedQueue : public queue::Queue {
 public:
  Result<void> Send(const queue::Item& item, Duration) override {
    return full ? Result<void>(Transient("full")) : Note("send " + item.ticket);
  }
  Result<std::vector<queue::Lease>> Receive(int, Duration, Duration) override { return Bug("Lambda receives"); }
  Result<void> Acknowledge(const std::vector<std::string>&) override { return Bug("Lambda deletes"); }
  Result<void> Release(const std::string&, Duration) override { return Note("release"); }
  Result<void> Bury(const std::string&, const std::string& reason) override {
    return down ? Result<void>(Transient("down")) : Note("bury: " + reason);
  }
  std::vector<std::string> noted;
  bool down = false;
  bool full = false;

 private:
  Result<void> Note(std::string what) {
    noted.push_back(std::move(what));
    return Ok();
  }
};

aws::SqsRecord Record(const std::string& id, const std::string& body) { return {id, "receipt-" + id, body, 2, {}, ""}; }

class EventQueueTest : public ::testing::Test {
 protected:
  NotedQueue queue_;
  EventQueue event_{{Record("a", R"({"ticket":"T1","message":1})"), Record("b", R"({"ticket":"T2","message":3})"),
                     Record("c", "another program's")},
                    queue_};
  std::vector<queue::Lease> leases_ = *event_.Receive(10, Duration(0), Duration(0));
};

TEST_F(EventQueueTest, GivesEachItemOnceAndPassesOverTheRest) {
  ASSERT_THAT(leases_, SizeIs(2));
  EXPECT_EQ(leases_[1].item, (queue::Item{"T2", 3}));
  EXPECT_EQ(leases_[1].attempts, 2);
  EXPECT_THAT(*event_.Receive(10, Duration(0), Duration(0)), IsEmpty());
}

TEST_F(EventQueueTest, GivesNoMoreThanIsAsked) {
  EventQueue event({Record("a", R"({"ticket":"T1","message":1})"), Record("b", R"({"ticket":"T2","message":1})")},
                   queue_);
  EXPECT_THAT(*event.Receive(1, Duration(0), Duration(0)), SizeIs(1));
  EXPECT_THAT(*event.Receive(1, Duration(0), Duration(0)), SizeIs(1));
}

// A message that goes back keeps its count of receives, by which an item is buried.
TEST_F(EventQueueTest, WhatIsLeftIsSentAnewAndItsMessageIsDone) {
  EventQueue event({Record("a", R"({"ticket":"T1","message":1})"), Record("b", R"({"ticket":"T2","message":1})")},
                   queue_);
  const std::vector<queue::Lease> first = *event.Receive(1, Duration(0), Duration(0));
  ASSERT_TRUE(event.Acknowledge({first[0].handle}));
  event.SendLeftAnew();
  EXPECT_THAT(queue_.noted, ElementsAre("send T2"));
  EXPECT_THAT(event.Failed(), IsEmpty());
  EXPECT_THAT(*event.Receive(1, Duration(0), Duration(0)), IsEmpty());
}

TEST_F(EventQueueTest, WhatIsLeftGoesBackWhereNothingCanBeSent) {
  EventQueue event({Record("a", R"({"ticket":"T1","message":1})")}, queue_);
  queue_.full = true;
  event.SendLeftAnew();
  EXPECT_THAT(queue_.noted, ElementsAre("release"));
  EXPECT_THAT(event.Failed(), ElementsAre("a"));
}

TEST_F(EventQueueTest, WhatIsNotSettledFails) { EXPECT_THAT(event_.Failed(), ElementsAre("a", "b", "c")); }

TEST_F(EventQueueTest, WhatIsDoneIsLeftToLambda) {
  ASSERT_TRUE(event_.Acknowledge({leases_[0].handle}));
  EXPECT_THAT(event_.Failed(), ElementsAre("b", "c"));
  EXPECT_THAT(queue_.noted, IsEmpty());
}

TEST_F(EventQueueTest, WhatComesAgainFailsAndIsHiddenUntilThen) {
  ASSERT_TRUE(event_.Release(leases_[0].handle, std::chrono::seconds(4)));
  EXPECT_THAT(event_.Failed(), ElementsAre("a", "b", "c"));
  EXPECT_THAT(queue_.noted, ElementsAre("release"));
}

TEST_F(EventQueueTest, WhatIsBuriedDoesNotComeAgainUnlessItIsNot) {
  ASSERT_TRUE(event_.Bury(leases_[0].handle, "why"));
  queue_.down = true;
  EXPECT_FALSE(event_.Bury(leases_[1].handle, "why"));
  EXPECT_THAT(event_.Failed(), ElementsAre("b", "c"));
  EXPECT_THAT(queue_.noted, ElementsAre("bury: why"));
}

}  // namespace
}  // namespace tr::lambda
