// Ledger: of many who write at once, one wins and nothing is lost.

#include <atomic>

#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using store::Step;
using testing::LandedTicket;
using testing::SampleDelivery;
using testing::SampleId;
using testing::SampleTicket;
using ::testing::SizeIs;
using testing::StepOfNew;

TEST_P(LedgerContract, OfManyWhoPutOneKeyOneWins) {
  constexpr int kThreads = 8;
  std::atomic<int> won = 0;
  std::atomic<int> lost = 0;
  InThreads(kThreads, [&](int i) {
    const Ticket ticket = SampleTicket(SampleId(now(), i + 1), now());
    Step step = StepOfNew(ticket);
    step.keys = {{"message:same", ticket.id, now() + std::chrono::hours(1)}};
    const auto result = Commit(step);
    won += result.ok() ? 1 : 0;
    lost += Outcome(result) == "conflict" ? 1 : 0;
  });
  EXPECT_EQ(won, 1);
  EXPECT_EQ(lost, kThreads - 1);
  const auto all = Must(store_->tickets().Search({})).tickets;
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(Must(store_->lookups().ByKey("message:same", now())), all[0].id);
}

TEST_P(LedgerContract, OfManyWhoReplaceOneKeyOneWins) {
  const std::string id = Put(SampleTicket(SampleId(now(), 1), now())).id;
  Step put;
  put.keys = {{"land:same", id, now() + std::chrono::hours(1)}};
  Must(Commit(put));
  std::atomic<int> won = 0;
  InThreads(8, [&](int i) {
    Step step;
    step.keys = {{"land:same", id + "#" + std::to_string(i), now() + std::chrono::hours(1), id}};
    won += Commit(step).ok() ? 1 : 0;
  });
  EXPECT_EQ(won, 1);
}

TEST_P(LedgerContract, OfManyWhoBeginOneTryOneWins) {
  const Ticket ticket = Put(LandedTicket(SampleId(now(), 1), now(), "Billing"));
  Step make;
  make.deliveries = {{std::nullopt, SampleDelivery(ticket, now())}};
  Must(Commit(make));
  std::atomic<int> won = 0;
  InThreads(8, [&](int) {
    Step step;
    step.deliveries = {{0, SampleDelivery(ticket, now())}};
    step.deliveries[0].delivery.attempts = 1;
    won += Commit(step).ok() ? 1 : 0;
  });
  EXPECT_EQ(won, 1);
}

TEST_P(LedgerContract, NoStepOfManyWritersIsLost) {
  constexpr int kThreads = 4;
  constexpr int kSteps = 25;
  const Ticket ticket = Put(SampleTicket(SampleId(now(), 1), now()));
  InThreads(kThreads, [&](int) {
    for (int done = 0; done < kSteps;) {
      const Ticket before = Get(ticket.id);
      Ticket after = before;
      ++after.messages;
      Step step;
      store::AddTicket(step, before, after);
      const auto result = Commit(step);
      ASSERT_THAT(Outcome(result), ::testing::AnyOf("ok", "conflict"));
      done += result.ok() ? 1 : 0;
    }
  });
  EXPECT_EQ(Get(ticket.id).messages, 1 + kThreads * kSteps);
  EXPECT_EQ(Get(ticket.id).version, 1 + kThreads * kSteps);
}

}  // namespace
}  // namespace tr::contract
