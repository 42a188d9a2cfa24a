// Two processes and a bucket that is slow: what one of them stores while the other is half-way.

#include <utility>

#include "contract/store_contract.h"
#include "dynamo/dynamo_here.h"
#include "dynamo/memory_blobs.h"

namespace tr::aws {
namespace {

using contract::Must;
using contract::Outcome;
using store::Step;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::SampleId;
using testing::StepOfNew;

class DynamoRace : public ::testing::Test {
 protected:
  // A landed ticket whose message stands in the bucket.
  void PutLong() {
    Step step = StepOfNew(testing::LandedTicket(id_, clock_.Now(), "Billing"));
    step.messages[0].text = "My words " + std::string(200'000, 'x');
    Must(one_.ledger().Commit(step, clock_.Now()));
  }

  // What a worker has loaded, as a step that handles the message.
  Step Handled() {
    const store::TicketWithMessages whole = Must(other_.tickets().GetWithMessages(id_));
    Step step;
    step.messages = whole.messages;
    step.messages[0].state = MessageState::kHandled;
    store::AddTicket(step, whole.ticket, whole.ticket);
    return step;
  }

  // Calls it once, in the middle of the next look into the bucket.
  void Meanwhile(std::function<void()> what) {
    blobs_.on_get = [what = std::move(what), done = false]() mutable {
      if (!std::exchange(done, true)) what();
    };
  }

  FreshTables tables_;
  MemoryBlobs blobs_;
  testing::ManualClock clock_;
  DynamoStore one_{Here().client(), blobs_, clock_, tables_.prefix()};
  DynamoStore other_{Here().client(), blobs_, clock_, tables_.prefix()};
  const std::string id_ = SampleId(clock_.Now(), 1);
};

TEST_F(DynamoRace, AStepInTheMiddleOfAnErasureKeepsItsStateAndLosesItsWords) {
  PutLong();
  Meanwhile([this] { Must(other_.ledger().Commit(Handled(), clock_.Now())); });
  Must(one_.eraser().Forget(id_, clock_.Now()));
  const Message message = Must(one_.tickets().Messages(id_))[0];
  EXPECT_EQ(message.text, "");
  EXPECT_EQ(message.state, MessageState::kHandled);
  EXPECT_EQ(blobs_.size(), 0U);
}

TEST_F(DynamoRace, AReplyInTheMiddleOfARetentionKeepsItsWords) {
  PutLong();
  const Ticket landed = Must(one_.tickets().Get(id_));
  Ticket done = landed;
  done.state = State::kDone;
  Step step;
  store::AddTicket(step, landed, done);
  Must(one_.ledger().Commit(step, clock_.Now()));
  clock_.Advance(std::chrono::hours(48));
  Meanwhile([this] {
    const Ticket before = Must(other_.tickets().Get(id_));
    Ticket after = before;
    after.touched_at = clock_.Now();
    after.messages = 2;
    after.text_removed = false;
    Step reply;
    reply.messages = {testing::SampleMessage(after, 2)};
    store::AddTicket(reply, before, after);
    Must(other_.ledger().Commit(reply, clock_.Now()));
  });
  EXPECT_FALSE(Must(one_.eraser().EraseExpired(id_, clock_.Now(), clock_.Now())));
  EXPECT_EQ(Must(one_.tickets().Messages(id_))[1].text, "Where is my parcel?");
  EXPECT_FALSE(Must(one_.tickets().Get(id_)).text_removed);
  const auto after = clock_.Now() + std::chrono::hours(1);
  EXPECT_THAT(Must(one_.eraser().Expired(after, 10)), ElementsAre(id_));
  EXPECT_TRUE(Must(one_.eraser().EraseExpired(id_, after, after)));
  EXPECT_EQ(Must(one_.tickets().Messages(id_))[1].text, "");
  EXPECT_EQ(blobs_.size(), 0U);
}

TEST_F(DynamoRace, AStepLoadedInTheMiddleOfAnErasureIsRefusedAfterIt) {
  PutLong();
  Step late;
  Meanwhile([&] { late = Handled(); });
  Must(one_.eraser().Forget(id_, clock_.Now()));
  EXPECT_EQ(Outcome(other_.ledger().Commit(late, clock_.Now())), "conflict");
  EXPECT_EQ(Must(one_.tickets().Messages(id_))[0].text, "");
  EXPECT_EQ(blobs_.size(), 0U);
}

TEST_F(DynamoRace, WhatTookLongToStoreIsReadAllTheSame) {
  PutLong();
  const Ticket ticket = Must(one_.tickets().Get(id_));
  std::string cursor;
  blobs_.on_put = [&, done = false]() mutable {
    if (std::exchange(done, true)) return;
    clock_.Advance(std::chrono::seconds(30));
    Step quick;
    quick.corrections = {testing::SampleCorrection(SampleId(clock_.Now(), 7), ticket, clock_.Now())};
    Must(other_.ledger().Commit(quick, clock_.Now()));
    cursor = Must(other_.corrections().Since("", 10)).cursor;
    clock_.Advance(std::chrono::seconds(30));
    EXPECT_THAT(Must(other_.corrections().Since(cursor, 10)).rows, IsEmpty());
    cursor = Must(other_.corrections().Since(cursor, 10)).cursor;
  };
  Step slow;
  slow.corrections = {testing::SampleCorrection(SampleId(clock_.Now(), 8), ticket, clock_.Now())};
  slow.messages = {testing::SampleMessage(ticket, 2)};
  slow.messages[0].text = std::string(200'000, 'y');
  Must(one_.ledger().Commit(slow, clock_.Now()));
  std::vector<std::string> ids;
  for (const store::Correction& row : Must(other_.corrections().Since(cursor, 10)).rows) ids.push_back(row.id);
  EXPECT_THAT(ids, ElementsAre(slow.corrections[0].id));
}

}  // namespace
}  // namespace tr::aws
