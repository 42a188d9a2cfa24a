// Ledger: all or nothing, durable, and a conflict wherever somebody else was faster.

#include "contract/full_step.h"
#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using store::Delivery;
using store::Step;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::LandedTicket;
using testing::SampleDelivery;
using testing::SampleId;
using testing::SampleTicket;
using ::testing::SizeIs;
using testing::StepOfNew;

TEST_P(LedgerContract, AnEmptyStepSucceeds) { EXPECT_EQ(Outcome(Commit(Step{})), "ok"); }

TEST_P(LedgerContract, ANewTicketMustNotExist) {
  const Ticket ticket = Put(SampleTicket(SampleId(now(), 1), now()));
  EXPECT_EQ(Outcome(Commit(StepOfNew(SampleTicket(ticket.id, now())))), "conflict");
  EXPECT_EQ(Get(ticket.id), ticket);
}

TEST_P(LedgerContract, StepsCommittedTogetherSucceedAndFailEachByItself) {
  const Ticket there = Put(SampleTicket(SampleId(now(), 1), now()));
  const Step good = StepOfNew(SampleTicket(SampleId(now(), 2), now()));
  const Step bad = StepOfNew(SampleTicket(there.id, now()));
  const Step last = StepOfNew(SampleTicket(SampleId(now(), 3), now()));
  const Step* const steps[] = {&good, &bad, &last};
  const std::vector<Result<void>> results = store_->ledger().CommitEach(steps, now());
  ASSERT_THAT(results, SizeIs(3));
  EXPECT_EQ(Outcome(results[0]), "ok");
  EXPECT_EQ(Outcome(results[1]), "conflict");
  EXPECT_EQ(Outcome(results[2]), "ok");
  EXPECT_EQ(Get(SampleId(now(), 3)).version, 1);
  EXPECT_TRUE(store_->ledger().CommitEach({}, now()).empty());
}

TEST_P(LedgerContract, AStaleVersionIsAConflict) {
  const Ticket first = Put(SampleTicket(SampleId(now(), 1), now()));
  Ticket changed = first;
  changed.subject = "changed";
  const Ticket second = Change(first, changed);
  EXPECT_EQ(second.version, 2);
  Step late;
  store::AddTicket(late, first, first);
  EXPECT_EQ(Outcome(Commit(late)), "conflict");
  EXPECT_EQ(Get(first.id), second);
}

TEST_P(LedgerContract, AVersionOfATicketThatIsNotThereIsAConflict) {
  Ticket ticket = SampleTicket(SampleId(now(), 1), now());
  ticket.version = 4;
  Step step;
  store::AddTicket(step, ticket, ticket);
  EXPECT_EQ(Outcome(Commit(step)), "conflict");
  EXPECT_EQ(Outcome(store_->tickets().Get(ticket.id)), "not_found");
}

TEST_P(LedgerContract, AConflictWritesNothingOfTheStep) {
  const Ticket stored = Put(SampleTicket(SampleId(now(), 1), now()));
  Step before;
  before.keys = {{"taken", stored.id, now() + std::chrono::hours(1)}};
  before.deliveries = {{std::nullopt, SampleDelivery(stored, now())}};
  Must(Commit(before));

  struct Case {
    const char* what;
    void (*spoil)(Step&, const Ticket& stored, Time now);
  };
  const std::vector<Case> cases = {
      {"a second ticket's version",
       [](Step& step, const Ticket& ticket, Time) {
         Ticket stale = ticket;
         stale.version = 5;
         store::AddTicket(step, stale, stale);
       }},
      {"a key", [](Step& step, const Ticket& ticket,
                   Time at) { step.keys.push_back({"taken", ticket.id, at + std::chrono::hours(2)}); }},
      {"a delivery's attempts",
       [](Step& step, const Ticket& ticket, Time at) { step.deliveries.push_back({1, SampleDelivery(ticket, at)}); }},
      {"a delivery that is not there",
       [](Step& step, const Ticket& ticket, Time at) {
         Delivery absent = SampleDelivery(ticket, at);
         absent.id += "#absent";
         step.deliveries.push_back({0, absent});
       }},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    const Ticket fresh = LandedTicket(SampleId(now(), 2), now(), "Billing");
    Step step = FullStep(fresh, now());
    step.turns = {{"fake:#" + stored.team, now() + std::chrono::hours(1)}};
    one.spoil(step, stored, now());
    EXPECT_EQ(Outcome(Commit(step)), "conflict");

    EXPECT_EQ(Outcome(store_->tickets().Get(fresh.id)), "not_found");
    EXPECT_EQ(Get(stored.id), stored);
    EXPECT_THAT(Must(store_->tickets().Messages(fresh.id)), IsEmpty());
    EXPECT_THAT(Must(store_->tickets().Readings(fresh.id)), IsEmpty());
    EXPECT_THAT(Must(store_->queues().List("Billing", "", 10)).tickets, IsEmpty());
    EXPECT_THAT(Must(store_->deliveries().OfTicket(fresh.id)), IsEmpty());
    EXPECT_THAT(Must(store_->deliveries().Due(now(), 10)), SizeIs(1)) << "the turn was written";
    EXPECT_THAT(Must(store_->corrections().OfTicket(fresh.id)), IsEmpty());
    EXPECT_THAT(Must(store_->audit().OfTicket(fresh.id)), IsEmpty());
    EXPECT_EQ(Must(store_->lookups().ByKey("message:" + fresh.id, now())), std::nullopt);
    EXPECT_EQ(Must(store_->lookups().ByKey("taken", now())), stored.id);
    EXPECT_EQ(Must(store_->lookups().ByThread({fresh.id + "@mail"}, now())), std::nullopt);
  }
}

TEST_P(LedgerContract, AKeyStandsUntilItExpires) {
  const Time expiry = now() + std::chrono::hours(1);
  Step first;
  first.keys = {{"land:a", "T1", expiry}};
  Step second;
  second.keys = {{"land:a", "T2", expiry + std::chrono::hours(1)}};
  Must(Commit(first));
  EXPECT_EQ(Outcome(Commit(first)), "conflict") << "not even for the same ticket again";
  store_->clock.Set(expiry - Duration(1));
  EXPECT_EQ(Outcome(Commit(second)), "conflict");
  EXPECT_EQ(Must(store_->lookups().ByKey("land:a", now())), "T1");
  store_->clock.Set(expiry);
  EXPECT_EQ(Must(store_->lookups().ByKey("land:a", now())), std::nullopt);
  EXPECT_EQ(Outcome(Commit(second)), "ok");
  EXPECT_EQ(Must(store_->lookups().ByKey("land:a", now())), "T2");
  EXPECT_EQ(Outcome(Commit(second)), "conflict");
}

TEST_P(LedgerContract, AKeyMayStandForOneMessageOfATicket) {
  const Ticket ticket = SampleTicket(SampleId(now(), 1), now());
  Step step = StepOfNew(ticket);
  const Time expiry = now() + std::chrono::hours(1);
  step.keys = {
      {"message:a", ticket.id, expiry}, {"message:b", ticket.id + "#2", expiry}, {"message:c", "T9#7", expiry}};
  Must(Commit(step));
  for (const store::Key& key : step.keys) EXPECT_EQ(Must(store_->lookups().ByKey(key.key, now())), key.ticket);
}

TEST_P(LedgerContract, AKeyIsReplacedOnlyWhereItStandsForWhatIsReplaced) {
  const std::string id = Put(SampleTicket(SampleId(now(), 1), now())).id;
  const Time expiry = now() + std::chrono::hours(1);
  const auto replace = [&](const std::string& from, const std::string& to) {
    Step step;
    step.keys = {{"land:a", to, expiry + std::chrono::hours(1), from}};
    return Outcome(Commit(step));
  };
  EXPECT_EQ(replace(id, "T2"), "conflict") << "there is no such key";
  Step put;
  put.keys = {{"land:a", id, expiry}};
  Must(Commit(put));
  for (const std::string& other : {std::string("T2"), id + "#1", std::string()}) {
    EXPECT_EQ(replace(other, "T3"), "conflict") << other;
  }
  EXPECT_EQ(Must(store_->lookups().ByKey("land:a", now())), id);
  EXPECT_EQ(replace(id, id + "#2"), "ok");
  EXPECT_EQ(replace(id, "T3"), "conflict") << "it stands for another by now";
  EXPECT_EQ(replace(id + "#2", "T3"), "ok");
  store_->clock.Set(expiry);
  EXPECT_EQ(Must(store_->lookups().ByKey("land:a", now())), "T3") << "it lives as long as the latest step said";
  store_->clock.Advance(std::chrono::hours(1));
  EXPECT_EQ(replace("T3", "T4"), "conflict") << "it has expired";
}

TEST_P(LedgerContract, AThreadKeyThatExistsStaysAndTheStepGoesOn) {
  Step first;
  first.threads = {{"a@mail", "T1", now() + std::chrono::hours(1)}};
  Step second = StepOfNew(SampleTicket(SampleId(now(), 2), now()));
  second.threads = {{"a@mail", "T2", now() + std::chrono::hours(2)}};
  Must(Commit(first));
  EXPECT_EQ(Outcome(Commit(second)), "ok");
  EXPECT_EQ(Must(store_->lookups().ByThread({"a@mail"}, now())), "T1");
  EXPECT_EQ(Outcome(store_->tickets().Get(SampleId(now(), 2))), "ok");
}

TEST_P(LedgerContract, AnExpiredThreadKeyCanBePutAnew) {
  Step first;
  first.threads = {{"a@mail", "T1", now() + std::chrono::hours(1)}};
  Must(Commit(first));
  store_->clock.Advance(std::chrono::hours(2));
  Step second;
  second.threads = {{"a@mail", "T2", now() + std::chrono::hours(1)}};
  Must(Commit(second));
  EXPECT_EQ(Must(store_->lookups().ByThread({"a@mail"}, now())), "T2");
}

TEST_P(LedgerContract, ADeliveryWithoutExpectationIsMadeOnce) {
  const Ticket ticket = Put(LandedTicket(SampleId(now(), 1), now(), "Billing"));
  Delivery delivery = SampleDelivery(ticket, now());
  Step first;
  first.deliveries = {{std::nullopt, delivery}};
  Must(Commit(first));
  Step again;
  again.deliveries = {{std::nullopt, delivery}};
  again.deliveries[0].delivery.channel = "fake:#elsewhere";
  again.audit = {{ticket.id, 1, now(), "router", "again", "{}"}};
  EXPECT_EQ(Outcome(Commit(again)), "ok");
  EXPECT_EQ(Must(store_->deliveries().Get(delivery.id)), delivery);
  EXPECT_EQ(Must(store_->audit().OfTicket(ticket.id)).back().kind, "again") << "the step goes on";
}

TEST_P(LedgerContract, ADeliveryIsChangedOnlyWithItsAttempts) {
  const Ticket ticket = Put(LandedTicket(SampleId(now(), 1), now(), "Billing"));
  Delivery delivery = SampleDelivery(ticket, now());
  Step step;
  step.deliveries = {{std::nullopt, delivery}};
  Must(Commit(step));
  delivery.attempts = 1;
  delivery.trouble = "busy";
  step.deliveries = {{0, delivery}};
  EXPECT_EQ(Outcome(Commit(step)), "ok");
  EXPECT_EQ(Outcome(Commit(step)), "conflict") << "somebody began a try meanwhile";
  EXPECT_EQ(Must(store_->deliveries().Get(delivery.id)), delivery);
}

TEST_P(LedgerContract, EntriesAreRemovedBeforeTheyArePut) {
  const Ticket ticket = Put(LandedTicket(SampleId(now(), 1), now(), "Billing"));
  const store::QueueEntry entry = *store::EntryOf(ticket);
  Step step;
  step.entries_removed = {entry, {"Nowhere", Rank::kNormal, now(), "T9"}};
  step.entries_put = {entry};
  EXPECT_EQ(Outcome(Commit(step)), "ok") << "absent ones do not matter";
  EXPECT_THAT(Must(store_->queues().List("Billing", "", 10)).tickets, ElementsAre(ticket));
  step.entries_put.clear();
  Must(Commit(step));
  EXPECT_THAT(Must(store_->queues().List("Billing", "", 10)).tickets, IsEmpty());
}

TEST_P(LedgerContract, ABiggerStepThanAllowedIsABugAndWritesNothing) {
  const Ticket ticket = SampleTicket(SampleId(now(), 1), now());
  Step step = StepOfNew(ticket);
  while (store::CountItems(step) < store::kMaxStepItems) step.audit.push_back(step.audit.front());
  Step bigger = step;
  bigger.audit.push_back(bigger.audit.front());
  EXPECT_EQ(Outcome(Commit(bigger)), "bug");
  EXPECT_EQ(Outcome(store_->tickets().Get(ticket.id)), "not_found");
  EXPECT_THAT(Must(store_->audit().OfTicket(ticket.id)), IsEmpty());
  EXPECT_EQ(Outcome(Commit(step)), "ok");
}

}  // namespace
}  // namespace tr::contract
