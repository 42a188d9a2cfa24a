#include "testing/fault_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/fake_channel.h"
#include "testing/fake_reader.h"
#include "testing/faulty_ports.h"
#include "testing/faulty_store.h"
#include "testing/manual_clock.h"
#include "testing/memory_queue.h"
#include "testing/memory_store.h"
#include "testing/samples.h"

namespace tr::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr Time kNow = kMondayMorning;

class FaultPlanTest : public ::testing::Test {
 protected:
  MemoryStore store_;
  FaultPlan plan_;
  FaultyStore faulty_{store_, plan_};
  Ticket ticket_ = SampleTicket(SampleId(kNow, 1), kNow);
};

TEST_F(FaultPlanTest, ANewPlanFailsNothingAndCounts) {
  EXPECT_TRUE(faulty_.ledger().Commit(StepOfNew(ticket_), kNow).ok());
  EXPECT_TRUE(faulty_.tickets().Get(ticket_.id).ok());
  EXPECT_THAT(plan_.names(), ElementsAre("Ledger.Commit", "Tickets.Get"));
  EXPECT_EQ(plan_.calls(), 2);
  EXPECT_EQ(plan_.failures(), 0);
}

TEST_F(FaultPlanTest, ACallThatFailsBeforeHasNoEffect) {
  plan_.FailCall(1, FaultWhen::kBefore);
  const auto result = faulty_.ledger().Commit(StepOfNew(ticket_), kNow);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.fault().kind, FaultKind::kTransient);
  EXPECT_EQ(plan_.failures(), 1);
  EXPECT_FALSE(store_.tickets().Get(ticket_.id).ok());
}

TEST_F(FaultPlanTest, ACallThatFailsAfterHasItsEffect) {
  plan_.FailCall(1, FaultWhen::kAfter, Permanent("broken"));
  const auto result = faulty_.ledger().Commit(StepOfNew(ticket_), kNow);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.fault().kind, FaultKind::kPermanent);
  EXPECT_EQ(result.fault().text, "broken");
  EXPECT_TRUE(store_.tickets().Get(ticket_.id).ok());
}

TEST_F(FaultPlanTest, OnlyTheNthCallFailsWhateverThePort) {
  plan_.FailCall(3, FaultWhen::kBefore);
  EXPECT_TRUE(faulty_.people().List().ok());
  EXPECT_TRUE(faulty_.queues().Counts().ok());
  EXPECT_FALSE(faulty_.deliveries().Due(kNow, 1).ok());
  EXPECT_TRUE(faulty_.deliveries().Due(kNow, 1).ok());
}

TEST_F(FaultPlanTest, ARangeFailsFromItsFirstToItsLast) {
  plan_.FailCalls(2, 3, FaultWhen::kBefore);
  std::vector<bool> ok;
  for (int i = 0; i < 4; ++i) ok.push_back(faulty_.queues().Counts().ok());
  EXPECT_THAT(ok, ElementsAre(true, false, false, true));
  EXPECT_EQ(plan_.failures(), 2);
}

TEST_F(FaultPlanTest, AMendedPlanFailsNoMoreAndAResetOneCountsAnew) {
  plan_.FailAll(FaultWhen::kBefore);
  EXPECT_FALSE(faulty_.queues().Counts().ok());
  plan_.Mend();
  EXPECT_TRUE(faulty_.queues().Counts().ok());
  EXPECT_EQ(plan_.calls(), 2);
  plan_.Reset();
  EXPECT_EQ(plan_.calls(), 0);
  plan_.FailCall(1, FaultWhen::kBefore);
  EXPECT_FALSE(faulty_.queues().Counts().ok());
}

// Every call of every decorator, each failing in its turn: none is left out.
TEST(FaultyPorts, EveryCallCanFail) {
  for (const FaultWhen when : {FaultWhen::kBefore, FaultWhen::kAfter}) {
    MemoryStore inner;
    ManualClock clock;
    MemoryQueue inner_queue(clock);
    FakeChannel inner_channel;
    FakeReader inner_reader;
    FaultPlan plan;
    FaultyStore store(inner, plan);
    FaultyQueue queue(inner_queue, plan);
    FaultyDeadLetters letters(inner_queue, plan);
    FaultyChannel channel(inner_channel, plan);
    FaultyReader reader(inner_reader, plan);
    FaultyRuleShelf shelf(inner.shelf(), plan);
    plan.FailAll(when, Transient("planned"));
    const std::vector<Fault> faults = {
        store.ledger().Commit({}, kNow).fault(),
        store.tickets().Get("T").fault(),
        store.tickets().Messages("T").fault(),
        store.tickets().Readings("T").fault(),
        store.tickets().Search({}).fault(),
        store.lookups().ByKey("k", kNow).fault(),
        store.lookups().ByThread({}, kNow).fault(),
        store.lookups().OfCustomer("a", kNow, 1).fault(),
        store.queues().List("t", "", 1).fault(),
        store.queues().Counts().fault(),
        store.queues().Unhandled(kNow, 1).fault(),
        store.deliveries().Due(kNow, 1).fault(),
        store.deliveries().OfTicket("T").fault(),
        store.deliveries().Get("d").fault(),
        store.corrections().Since("", 1).fault(),
        store.corrections().OfTicket("T").fault(),
        store.audit().OfTicket("T").fault(),
        store.audit().Since("", 1).fault(),
        store.originals().Put("k", "b", kNow).fault(),
        store.originals().Get("k").fault(),
        store.people().Put({}).fault(),
        store.people().Find("d", kNow).fault(),
        store.people().List().fault(),
        store.people().Remove("d").fault(),
        store.eraser().EraseExpired("T", kNow, kNow).fault(),
        store.eraser().Forget("T", kNow).fault(),
        store.eraser().Expired(kNow, 1).fault(),
        store.eraser().Vacuum(kNow, kNow).fault(),
        queue.Send({"T", 1}, Duration(0)).fault(),
        queue.Receive(1, Duration(1), Duration(0)).fault(),
        queue.Acknowledge({}).fault(),
        queue.Release("h", Duration(0)).fault(),
        queue.Bury("h", "r").fault(),
        letters.List(1).fault(),
        letters.Redrive("l").fault(),
        channel.Post({}, {}).fault(),
        reader.Read({}, {}, {}).fault(),
        shelf.Keep({}, 0, "", "", kNow).fault(),
        shelf.History().fault(),
        shelf.Get(0).fault(),
        shelf.AnnouncedTrouble().fault(),
        shelf.SetAnnouncedTrouble("d").fault(),
    };
    EXPECT_EQ(plan.failures(), static_cast<int>(faults.size()));
    for (std::size_t i = 0; i < faults.size(); ++i) EXPECT_EQ(faults[i].text, "planned") << plan.names()[i];
  }
}

// The pattern that the plan is for: a small way that must survive each of its calls failing once.
TEST(FaultyPorts, AWholeWayIsRunWithEachCallFailingUntilNoneDoes) {
  for (const FaultWhen when : {FaultWhen::kBefore, FaultWhen::kAfter}) {
    int runs = 0;
    for (;; ++runs) {
      ManualClock clock;
      MemoryQueue inner(clock);
      FaultPlan plan;
      FaultyQueue queue(inner, plan);
      plan.FailCall(runs + 1, when);
      while (!queue.Send({"T", 1}, Duration(0)).ok()) {
      }
      for (int round = 0; inner.size() > 0 && round < 10; ++round) {
        const auto leases = queue.Receive(1, Duration(100), Duration(0));
        if (leases.ok()) {
          for (const auto& lease : *leases) (void)queue.Acknowledge({lease.handle});
        }
        clock.Advance(Duration(100));
      }
      EXPECT_EQ(inner.size(), 0U) << "call " << runs + 1;
      if (plan.failures() == 0) break;
    }
    EXPECT_GE(runs, 3) << "send, receive and acknowledge must each have failed once";
  }
}

}  // namespace
}  // namespace tr::testing
