// One slow channel holds up no other: neither what was handed over, nor what is due.

#include "server/courier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>

#include "base/clock.h"
#include "testing/example_book.h"
#include "testing/fake_channel.h"
#include "testing/manual_clock.h"
#include "testing/memory_store.h"
#include "testing/recording_log.h"
#include "testing/samples.h"

namespace tr::server {
namespace {

// Says nothing until it is let go.
class StuckChannel : public testing::FakeChannel {
 public:
  Result<std::string> Post(const handoff::Notice& notice, const Call& call) override {
    {
      std::unique_lock lock(mutex_);
      stuck_ = true;
      changed_.notify_all();
      changed_.wait(lock, [this] { return let_go_; });
    }
    return FakeChannel::Post(notice, call);
  }
  bool WaitUntilStuck() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [this] { return stuck_; });
  }
  void LetGo() {
    const std::lock_guard lock(mutex_);
    let_go_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stuck_ = false;
  bool let_go_ = false;
};

class CourierTest : public ::testing::Test {
 protected:
  CourierTest() {
    channels_.Add("slack", slack_);
    channels_.Add("mail", mail_);
    channels_.Add("log", log_channel_);
  }
  ~CourierTest() override { slack_.LetGo(); }

  // A landed ticket with a card for the channel: handed over by a landing, or left due.
  handoff::Outgoing Card(const std::string& channel, bool begun) {
    const Ticket ticket = testing::LandedTicket(testing::SampleId(clock_.Now(), ++count_), clock_.Now(), "Billing");
    store::Step step = testing::StepOfNew(ticket);
    store::Delivery row = testing::SampleDelivery(ticket, clock_.Now());
    row.channel = channel;
    if (begun) {
      row.attempts = 1;
      row.due_at = clock_.Now() + handoff::kDeliveryLease;
    }
    step.deliveries.push_back({std::nullopt, row});
    EXPECT_TRUE(store_.ledger().Commit(step, clock_.Now()));
    handoff::Outgoing outgoing;
    outgoing.delivery = row;
    return outgoing;
  }

  testing::ManualClock clock_;
  testing::MemoryStore store_;
  StuckChannel slack_;
  testing::FakeChannel mail_;
  testing::FakeChannel log_channel_;
  testing::FakeChannels channels_;
  testing::RecordingLog log_;
  handoff::Settings settings_ = [] {
    handoff::Settings settings;
    settings.channels = {true, true};
    return settings;
  }();
  handoff::Outbox outbox_{
      {store_.ledger(), store_.tickets(), store_.deliveries(), store_.audit(), channels_, clock_, log_},
      settings_,
      [] { return testing::ExampleBook(); },
      [] { return 1.0; }};
  Courier courier_{outbox_, log_};
  int count_ = 0;
};

TEST_F(CourierTest, AStuckChannelHoldsUpNoOther) {
  courier_.Start();
  courier_.Hand({Card("slack:#help-billing", true)});
  ASSERT_TRUE(slack_.WaitUntilStuck());

  courier_.Hand({Card("mail:billing@shop.example", true), Card("log:billing", true)});
  EXPECT_TRUE(mail_.WaitUntilSaid(1)) << "what is handed over by mail";
  EXPECT_TRUE(log_channel_.WaitUntilSaid(1));
  Card("mail:billing@shop.example", false);
  Card("log:billing", false);
  EXPECT_TRUE(mail_.WaitUntilSaid(2)) << "what is due by mail";
  EXPECT_TRUE(log_channel_.WaitUntilSaid(2));
  EXPECT_EQ(slack_.calls(), 0);

  slack_.LetGo();
  EXPECT_TRUE(slack_.WaitUntilSaid(1)) << "and it goes on where it stopped";
}

TEST_F(CourierTest, AnAvalancheOfOneKindHidesNoOther) {
  courier_.Start();
  courier_.Hand({Card("slack:#help-billing", true)});
  ASSERT_TRUE(slack_.WaitUntilStuck());
  for (int i = 0; i < 200; ++i) Card("slack:#channel-" + std::to_string(i), false);
  clock_.Advance(std::chrono::seconds(1));
  Card("mail:billing@shop.example", false);
  EXPECT_TRUE(mail_.WaitUntilSaid(1)) << "though 200 rows have waited for longer";
}

TEST_F(CourierTest, WhatIsOfNoKindThatThereIsFallsBack) {
  courier_.Start();
  Card("fax:12345", false);
  EXPECT_TRUE(mail_.WaitUntilSaid(1));
}

TEST_F(CourierTest, StopDeliversWhatWasHandedOver) {
  slack_.LetGo();
  courier_.Start();
  for (int i = 0; i < 100; ++i) {
    courier_.Hand({Card(i % 2 == 0 ? "slack:#help-billing" : "mail:billing@shop.example", true)});
  }
  courier_.Stop();
  EXPECT_EQ(slack_.said().size(), 50U);
  EXPECT_EQ(mail_.said().size(), 50U);
}

}  // namespace
}  // namespace tr::server
