// What holds between processes that have the same store open, and after one of them is gone.

#include <array>
#include <atomic>

#include "contract/full_step.h"
#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using store::Step;
using ::testing::ElementsAre;
using testing::SampleCorrection;
using testing::SampleId;
using testing::SampleTicket;
using ::testing::SizeIs;
using testing::StepOfNew;

constexpr Duration kNone{0};
constexpr Duration kMinute = std::chrono::minutes(1);

// Everything that FullStep wrote.
void ExpectEverything(StoreUnderTest& store, const Ticket& ticket, const Step& step) {
  const std::string& id = ticket.id;
  Ticket stored = ticket;
  stored.version = 1;
  EXPECT_EQ(Must(store.tickets().Get(id)), stored);
  EXPECT_THAT(Must(store.tickets().Messages(id)), ElementsAre(step.messages[0]));
  EXPECT_THAT(Must(store.tickets().Readings(id)), SizeIs(1));
  EXPECT_THAT(Must(store.queues().List(ticket.team, "", 10)).tickets, ElementsAre(stored));
  EXPECT_THAT(Must(store.deliveries().OfTicket(id)), ElementsAre(step.deliveries[0].delivery));
  EXPECT_THAT(Must(store.corrections().OfTicket(id)), SizeIs(1));
  EXPECT_THAT(Must(store.audit().OfTicket(id)), SizeIs(1));
  EXPECT_EQ(Must(store.lookups().ByKey("message:" + id, store.clock.Now())), id);
  EXPECT_EQ(Must(store.lookups().ByThread({id + "@mail"}, store.clock.Now())), id);
}

TEST_P(ProcessesContract, AnotherProcessSeesWhatWasCommitted) {
  const auto other = store_->Again();
  const Ticket ticket = FullTicket(SampleId(now(), 1), now());
  const Step step = FullStep(ticket, now());
  Must(Commit(step));
  ExpectEverything(*other, ticket, step);
}

TEST_P(ProcessesContract, WhatWasCommittedOutlivesTheProcess) {
  auto other = store_->Again();
  const Ticket ticket = FullTicket(SampleId(now(), 1), now());
  const Step step = FullStep(ticket, now());
  Must(Commit(step));
  Must(store_->originals().Put("raw", "words", now()));
  Must(store_->people().Put({"digest", "admin", "admin", "", now(), std::nullopt}));
  Must(store_->shelf().Keep({"t", "t", "r", std::nullopt}, 0, "", "", now()));
  Must(store_->queue().Send({"T1", 1}, kNone));
  Must(store_->queue().Send({"T2", 1}, kNone));
  Must(store_->queue().Bury(Must(store_->queue().Receive(1, kMinute, kNone)).at(0).handle, "reason"));
  const std::string cursor = Must(store_->corrections().Since("", 10)).cursor;

  store_.reset();  // the last one to close may tidy up; so close both, and open a third
  auto third = other->Again();
  other.reset();
  ExpectEverything(*third, ticket, step);
  EXPECT_EQ(Must(third->originals().Get("raw")), "words");
  EXPECT_TRUE(Must(third->people().Find("digest", third->clock.Now())));
  EXPECT_EQ(Must(third->shelf().Get(0)).first.number, 1);
  EXPECT_THAT(Must(third->dead_letters().List(10)), SizeIs(1));
  EXPECT_THAT(Must(third->queue().Receive(10, kMinute, kNone)), SizeIs(1));
  EXPECT_THAT(Must(third->corrections().Since(cursor, 10)).rows, SizeIs(0));
}

TEST_P(ProcessesContract, OfTwoProcessesThatPutOneKeyOneWins) {
  const auto other = store_->Again();
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> won = 0;
    InThreads(2, [&](int i) {
      const Ticket ticket = SampleTicket(SampleId(now(), 2 * round + i + 1), now());
      Step step = StepOfNew(ticket);
      step.keys = {{"message:" + std::to_string(round), ticket.id, now() + std::chrono::hours(1)}};
      StoreUnderTest& mine = i == 0 ? *store_ : *other;
      won += mine.ledger().Commit(step, now()).ok() ? 1 : 0;
    });
    EXPECT_EQ(won, 1);
  }
}

TEST_P(ProcessesContract, EachCorrectionOfAnyProcessIsGivenOnce) {
  constexpr int kRows = 40;
  const auto other = store_->Again();
  const std::array<StoreUnderTest*, 2> writers = {store_.get(), other.get()};
  std::atomic<int> writing = 2;
  std::vector<std::string> given;
  InThreads(3, [&](int i) {
    if (i < 2) {
      for (int row = 0; row < kRows; ++row) {
        Step step;
        const std::string id = SampleId(now(), i * kRows + row + 1);
        step.corrections = {SampleCorrection(id, SampleTicket(SampleId(now(), 1), now()), now())};
        EXPECT_EQ(Outcome(writers[static_cast<std::size_t>(i)]->ledger().Commit(step, now())), "ok");
      }
      --writing;
      return;
    }
    std::string cursor;
    for (bool last = false, more = true; !last || more;) {
      last = last || writing == 0;
      const auto page = Must(other->corrections().Since(cursor, 3));
      for (const auto& row : page.rows) given.push_back(row.id);
      more = !page.rows.empty();
      cursor = page.cursor;
    }
  });
  std::vector<std::string> expected;
  for (int i = 0; i < 2 * kRows; ++i) expected.push_back(SampleId(now(), i + 1));
  EXPECT_THAT(given, ::testing::UnorderedElementsAreArray(expected));
}

TEST_P(ProcessesContract, ARowThatAppearsLateRepeatsNoneOfAStepThatWasGivenInPart) {
  const auto other = store_->Again();
  store_->clock.Advance(std::chrono::seconds(3));
  Step step;
  for (const char* kind : {"a", "b", "c"}) step.audit.push_back({"T1", 1, now(), "router", kind, "{}"});
  Must(Commit(step));
  std::vector<std::string> kinds;
  std::string cursor;
  for (int page = 0; page < 4; ++page) {
    const auto rows = Must(store_->audit().Since(cursor, 2));
    for (const store::AuditRow& row : rows.rows) kinds.push_back(row.kind);
    cursor = rows.cursor;
    if (page > 0) continue;
    Step late;
    late.audit = {{"T2", 1, now(), "router", "late", "{}"}};
    Must(other->ledger().Commit(late, other->clock.Now()));
  }
  EXPECT_THAT(kinds, ::testing::UnorderedElementsAre("a", "b", "c", "late"));
}

TEST_P(ProcessesContract, WhatOneProcessSendsAnotherReceives) {
  const auto other = store_->Again();
  std::vector<queue::Lease> got;
  InThreads(2, [&](int i) {
    if (i == 0) got = Must(store_->queue().Receive(1, kMinute, std::chrono::seconds(30)));
    if (i == 1) Must(other->queue().Send({"T1", 1}, kNone));
  });
  ASSERT_THAT(got, SizeIs(1));
  EXPECT_EQ(got[0].item.ticket, "T1");
  EXPECT_THAT(Must(other->queue().Receive(1, kMinute, kNone)), SizeIs(0)) << "held by the other";
}

}  // namespace
}  // namespace tr::contract
