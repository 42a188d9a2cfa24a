#include "handoff/outbox.h"

#include <gmock/gmock.h>

#include "testing/example_book.h"
#include "testing/fake_channel.h"
#include "testing/manual_clock.h"
#include "testing/memory_store.h"
#include "testing/recording_log.h"
#include "testing/samples.h"

namespace tr::handoff {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using store::Delivery;
using store::DeliveryState;
using testing::kMondayMorning;
using testing::LandedTicket;
using testing::SampleDelivery;
using testing::SampleId;
using ::testing::SizeIs;
using testing::StepOfNew;

class OutboxTest : public ::testing::Test {
 protected:
  OutboxTest() {
    channels_.Add("slack", slack_);
    channels_.Add("mail", mail_);
    ticket_ = LandedTicket(SampleId(clock_.Now(), 1), clock_.Now(), "Billing");
    EXPECT_TRUE(store_.ledger().Commit(StepOfNew(ticket_), clock_.Now()));
  }

  void Put(Delivery row) {
    store::Step step;
    step.deliveries.push_back({std::nullopt, std::move(row)});
    EXPECT_TRUE(store_.ledger().Commit(step, clock_.Now()));
  }

  Delivery Row(const std::string& name, const std::string& channel = "slack:#help-billing",
               store::DeliveryKind kind = store::DeliveryKind::kCard) {
    Delivery row = SampleDelivery(ticket_, clock_.Now());
    row.id = ticket_.id + "#" + name;
    row.channel = channel;
    row.kind = kind;
    return row;
  }

  Delivery Get(const std::string& name) { return *store_.deliveries().Get(ticket_.id + "#" + name); }

  void DeliverDue() { EXPECT_TRUE(outbox_.DeliverDue(50)); }

  testing::ManualClock clock_;
  testing::MemoryStore store_;
  testing::FakeChannel slack_;
  testing::FakeChannel mail_;
  testing::FakeChannels channels_;
  testing::RecordingLog log_;
  Settings settings_ = [] {
    Settings settings;
    settings.channels = {true, true};
    return settings;
  }();
  Ticket ticket_;
  Outbox outbox_{{store_.ledger(), store_.tickets(), store_.deliveries(), store_.audit(), channels_, clock_, log_},
                 settings_,
                 [] { return testing::ExampleBook(); },
                 [] { return 1.0; }};
};

TEST_F(OutboxTest, APermanentFaultFallsBackToTheInboxThenToTriageThenFails) {
  slack_.Break(Permanent("no such channel"));
  Put(Row("card"));
  DeliverDue();
  EXPECT_EQ(Get("card").channel, "mail:billing@shop.example");
  EXPECT_EQ(Get("card").state, DeliveryState::kPending);
  mail_.FailNext(Invalid("not an address of ours"));
  DeliverDue();
  EXPECT_EQ(Get("card").channel, "mail:triage@shop.example");
  DeliverDue();
  EXPECT_EQ(Get("card").state, DeliveryState::kDelivered);
  ASSERT_THAT(mail_.said(), SizeIs(1));
  EXPECT_EQ(mail_.said()[0].address, "triage@shop.example");

  mail_.Break(Permanent("closed"));
  Put(Row("second"));
  for (int i = 0; i < 4; ++i) DeliverDue();
  EXPECT_EQ(Get("second").state, DeliveryState::kFailed);
  EXPECT_EQ(Get("second").trouble, "closed");
  EXPECT_EQ(outbox_.counts().failed, 1);
  EXPECT_EQ(log_.Count("delivery_failed"), 1U);
}

// Whoever has begun it may have no time left.
TEST_F(OutboxTest, WhatIsBegunWithoutTimeIsPutOffToWhoeverComesNext) {
  Outgoing begun;
  begun.delivery = Row("card");
  begun.delivery.attempts = 1;
  begun.delivery.due_at = clock_.Now() + kDeliveryLease;
  Put(begun.delivery);
  outbox_.Deliver({begun}, clock_.Now() + seconds(1));
  EXPECT_EQ(slack_.calls(), 0);
  EXPECT_EQ(Get("card").attempts, 0) << "it was not tried";
  clock_.Advance(minutes(1));  // its channel's turn
  DeliverDue();
  EXPECT_THAT(slack_.said(), SizeIs(1));
}

TEST_F(OutboxTest, ATransientFaultWaitsWithoutAnEnd) {
  slack_.Break(Transient("down"));
  Put(Row("card"));
  for (int minute = 0; minute < 60; ++minute) {
    DeliverDue();
    clock_.Advance(minutes(1));
  }
  EXPECT_EQ(Get("card").state, DeliveryState::kPending);
  EXPECT_GT(Get("card").attempts, 8);
  EXPECT_EQ(Get("card").channel, "slack:#help-billing");
  slack_.Mend();
  clock_.Advance(minutes(6));
  DeliverDue();
  EXPECT_EQ(Get("card").state, DeliveryState::kDelivered);
  EXPECT_THAT(slack_.said(), SizeIs(1));
}

TEST_F(OutboxTest, RetryAfterHoldsTheWholeChannel) {
  slack_.FailNext({FaultKind::kTransient, "slow down", seconds(30)});
  Put(Row("card"));
  DeliverDue();
  Put(Row("other"));
  Put(Row("elsewhere", "slack:#help-tech"));
  clock_.Advance(seconds(29));
  DeliverDue();
  EXPECT_EQ(Get("other").attempts, 0);
  EXPECT_EQ(Get("elsewhere").state, DeliveryState::kDelivered);
  clock_.Advance(seconds(1));
  DeliverDue();
  EXPECT_EQ(Get("card").state, DeliveryState::kDelivered);
  EXPECT_EQ(Get("other").state, DeliveryState::kDelivered);
}

TEST_F(OutboxTest, ALostAnswerIsSaidAgainAndSaysSo) {
  slack_.LoseNextAnswer();
  Put(Row("card"));
  DeliverDue();
  clock_.Advance(minutes(1));
  DeliverDue();
  ASSERT_THAT(slack_.said(), SizeIs(2));
  EXPECT_EQ(slack_.said()[0].id, slack_.said()[1].id);
  EXPECT_EQ(slack_.said()[1].attempt, 2);
}

TEST_F(OutboxTest, WhatIsBeingTriedIsLeftAloneUntilItsTimeIsOver) {
  Delivery begun = Row("card");
  begun.attempts = 1;
  begun.due_at = clock_.Now() + kDeliveryLease;
  Put(begun);
  DeliverDue();
  EXPECT_EQ(slack_.calls(), 0);
  clock_.Advance(kDeliveryLease);
  DeliverDue();
  EXPECT_EQ(Get("card").state, DeliveryState::kDelivered);
}

TEST_F(OutboxTest, APingIsMootOnceSomebodyHasTheTicket) {
  for (const State state : {State::kLanded, State::kTaken, State::kDone, State::kMerged}) {
    SCOPED_TRACE(Name(state));
    const Ticket before = *store_.tickets().Get(ticket_.id);
    Ticket after = before;
    after.state = state;
    store::Step step;
    store::AddTicket(step, before, after);
    ASSERT_TRUE(store_.ledger().Commit(step, clock_.Now()));
    const std::string name = "ping#" + std::string(Name(state));
    const int calls = slack_.calls();
    Put(Row(name, "slack:#help-billing", store::DeliveryKind::kPing));
    DeliverDue();
    EXPECT_EQ(Get(name).state, DeliveryState::kDelivered);
    EXPECT_EQ(slack_.calls() - calls, state == State::kLanded ? 1 : 0);
    EXPECT_EQ(Get(name).trouble.empty(), state == State::kLanded);
  }
}

TEST_F(OutboxTest, OneConflictingRowDoesNotKeepTheOthersFromBeingStored) {
  std::vector<Outgoing> begun;
  for (int i = 0; i < 30; ++i) {
    Delivery row = Row("card#" + std::to_string(i));
    row.attempts = 1;
    row.due_at = clock_.Now() + kDeliveryLease;
    Put(row);
    if (i == 7) row.attempts = 5;  // somebody else has it by now
    begun.push_back({row, {}, ""});
  }
  outbox_.Deliver(begun);
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(Get("card#" + std::to_string(i)).state, i == 7 ? DeliveryState::kPending : DeliveryState::kDelivered)
        << i;
  }
  EXPECT_EQ(log_.Count("delivery_not_stored"), 1U);
}

TEST_F(OutboxTest, AKindThatIsNotHereFallsBack) {
  Put(Row("card", "pager:#x"));
  DeliverDue();
  DeliverDue();
  EXPECT_EQ(Get("card").state, DeliveryState::kDelivered);
  EXPECT_EQ(Get("card").channel, "mail:billing@shop.example");
}

class PacedChannel : public testing::FakeChannel {
 public:
  Duration pace() const override { return seconds(1); }
};

TEST_F(OutboxTest, AChannelWithAPaceGetsOneAtATimeAndWaitingIsNoTry) {
  PacedChannel paced;
  channels_.Add("slack", paced);
  for (int i = 0; i < 5; ++i) Put(Row("card" + std::to_string(i)));
  Put(Row("elsewhere", "slack:#help-tech"));
  Put(Row("update", "slack:#help-billing", store::DeliveryKind::kCardUpdate));
  Outgoing begun{Row("begun"), {}, ""};
  begun.delivery.attempts = 1;
  begun.delivery.due_at = clock_.Now() + kDeliveryLease;
  Put(begun.delivery);
  DeliverDue();
  EXPECT_THAT(paced.said(), SizeIs(3));  // one here, one elsewhere, and the update
  DeliverDue();
  EXPECT_THAT(paced.said(), SizeIs(3));
  outbox_.Deliver({begun});
  EXPECT_EQ(Get("begun").attempts, 0);
  EXPECT_EQ(Get("begun").due_at, clock_.Now() + seconds(1));
  for (std::size_t second = 1; second <= 5; ++second) {
    clock_.Advance(seconds(1));
    DeliverDue();
    EXPECT_THAT(paced.said(), SizeIs(3 + second));
  }
  for (const handoff::Notice& notice : paced.said()) EXPECT_EQ(notice.attempt, 1) << notice.id;
}

// Every post takes so long.
class SlowChannel : public testing::FakeChannel {
 public:
  SlowChannel(testing::ManualClock& clock, Duration takes, std::function<void()> look)
      : clock_(clock), takes_(takes), look_(std::move(look)) {}
  Result<std::string> Post(const Notice& notice, const Call& call) override {
    look_();
    ends.push_back(call.deadline - clock_.Now());
    clock_.Advance(takes_);
    return FakeChannel::Post(notice, call);
  }
  std::vector<Duration> ends;  // the time that each had

 private:
  testing::ManualClock& clock_;
  const Duration takes_;
  const std::function<void()> look_;
};

TEST_F(OutboxTest, WhatIsPostedIsStoredBeforeTheNextOneIfPostingIsSlow) {
  int posted = 0;
  SlowChannel slow(clock_, seconds(2), [&] {
    for (int i = 0; i < posted; ++i) EXPECT_EQ(Get("card" + std::to_string(i)).state, DeliveryState::kDelivered) << i;
    ++posted;
  });
  channels_.Add("slack", slow);
  for (int i = 0; i < 4; ++i) Put(Row("card" + std::to_string(i)));
  DeliverDue();
  EXPECT_EQ(posted, 4);
}

TEST_F(OutboxTest, NothingIsPostedWhenSomebodyElseMayHaveIt) {
  SlowChannel slow(clock_, seconds(29), [] {});
  channels_.Add("slack", slow);
  for (int i = 0; i < 4; ++i) Put(Row("card" + std::to_string(i)));
  DeliverDue();
  EXPECT_THAT(slow.ends, ::testing::ElementsAre(seconds(60), seconds(31)));
  EXPECT_EQ(Get("card3").attempts, 0) << "putting off is no try";
  EXPECT_EQ(Get("card3").due_at, clock_.Now());
  DeliverDue();
  EXPECT_THAT(slow.said(), SizeIs(4));
}

TEST_F(OutboxTest, NothingIsPostedThatMightNotHaveEndedInTime) {
  SlowChannel slow(clock_, seconds(20), [] {});
  channels_.Add("slack", slow);
  for (int i = 0; i < 4; ++i) Put(Row("card" + std::to_string(i)));
  EXPECT_EQ(*outbox_.DeliverDue(50, {}, clock_.Now() + seconds(35)), 4);
  EXPECT_THAT(slow.ends, ::testing::ElementsAre(seconds(35), seconds(15)));
  EXPECT_EQ(Get("card1").state, DeliveryState::kDelivered);
  EXPECT_EQ(Get("card2").state, DeliveryState::kPending);
}

TEST_F(OutboxTest, WhatBelongsUnderACardWaitsForIt) {
  slack_.FailNext(Transient("down"));
  Put(Row("card"));
  Delivery thread = Row("thread", "slack:#help-billing", store::DeliveryKind::kThread);
  thread.due_at += seconds(1);
  Put(thread);
  clock_.Advance(seconds(1));
  DeliverDue();
  EXPECT_THAT(slack_.said(), SizeIs(0));
  clock_.Advance(minutes(1));
  DeliverDue();
  ASSERT_THAT(slack_.said(), SizeIs(2));
  EXPECT_EQ(slack_.said()[1].card_ref, "ref-1");
  EXPECT_EQ(slack_.said()[1].attempt, 1);
}

TEST_F(OutboxTest, ACardIsNotBegunWhereItsTicketIsNoMore) {
  Delivery row = Row("card");
  row.team = "Shipping";
  Put(row);
  DeliverDue();
  EXPECT_THAT(slack_.said(), SizeIs(0));
  EXPECT_EQ(Get("card").state, DeliveryState::kDelivered);
  Delivery update = Row("update", "slack:#help-shipping", store::DeliveryKind::kCardUpdate);
  update.team = "Shipping";
  Put(update);
  DeliverDue();
  ASSERT_THAT(slack_.said(), SizeIs(1));
  EXPECT_TRUE(slack_.said()[0].moved);
}

}  // namespace
}  // namespace tr::handoff
