// Ledger: all or nothing, durable, and a conflict wherever somebody else was faster.

#include <atomic>

#include "contract/hostile_texts.h"
#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using store::Correction;
using store::Delivery;
using store::Step;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::LandedTicket;
using testing::SampleCorrection;
using testing::SampleDelivery;
using testing::SampleId;
using testing::SampleMessage;
using testing::SampleTicket;
using ::testing::SizeIs;
using testing::StepOfNew;

auto Fields(const Correction& c) {
  return std::tie(c.id, c.kind, c.ticket, c.by, c.at, c.undoes, c.from_topic, c.to_topic, c.from_team, c.to_team,
                  c.reason, c.redacted_text, c.before, c.after_version, c.made);
}
auto Fields(const store::AuditRow& r) { return std::tie(r.ticket, r.version, r.at, r.actor, r.kind, r.body); }
auto Fields(const store::ReadingRow& r) { return std::tie(r.ticket, r.message, r.at, r.reading); }

Ticket FullTicket(const std::string& id, Time at) {
  Ticket t = LandedTicket(id, at, "Billing", Rank::kEscalate);
  t.lane = Lane::kChat;
  t.state = State::kTaken;
  t.move = Move::kEscalate;
  t.person = "max@shop.example";
  t.customer.verification = Verification::kFailed;
  t.tags = {"refund", Urgency::kHigh, Tone::kAngry, {Signal::kOutage, Signal::kDeadline}, true};
  t.landed_at = at + Duration(1);
  t.taken_at = at + Duration(2);
  t.done_at = at + Duration(3);
  t.touched_at = at + Duration(4);
  t.taken_by = "max@shop.example";
  t.links = {{"split_from", SampleId(at, 900)}, {"reply_to", SampleId(at, 901)}};
  t.messages = 7;
  t.set_aside_why = "list";
  t.automated = t.dead_lettered = t.fixed_place = t.text_removed = true;
  t.pinged = Rank::kPriority;
  t.bumped = Urgency::kMedium;
  t.fixed_topic = "refund";
  t.fixed_team = "Billing";
  t.fixed_person = "max@shop.example";
  return t;
}

Message FullMessage(const Ticket& ticket) {
  Message m = SampleMessage(ticket, 3);
  m.author = Author::kTeam;
  m.text = "all of it";
  m.new_text = "it";
  m.attachments = {{"a.pdf", "application/pdf", 5'000'000'000}, {"", "text/plain", 0}};
  m.original = "0123456789abcdef";
  m.state = MessageState::kHandled;
  m.machine = Machine::kBounce;
  m.automated = true;
  m.verification = Verification::kVerified;
  return m;
}

Reading FullReading() {
  Reading r;
  r.topic = "refund";
  r.confidence = 0.8125;
  r.sure_at = 0.1;  // not a binary fraction: must come back to the bit
  r.ranking = {{"refund", 0.8125}, {"order status", 1.0 / 3}};
  r.urgency = Urgency::kHigh;
  r.tone = Tone::kFrustrated;
  r.signals = {Signal::kPaymentFailure};
  r.evidence = {"my money", "back"};
  r.reader = "embedded";
  return r;
}

Delivery FullDelivery(const Ticket& ticket, Time at) {
  Delivery d = SampleDelivery(ticket, at);
  d.kind = store::DeliveryKind::kAnnouncement;
  d.state = store::DeliveryState::kFailed;
  d.fallback = 2;
  d.person = "max@shop.example";
  d.role = "manager";
  d.message = 3;
  d.subject = "New rules";
  d.text = "2 bullets added";
  d.attempts = 4;
  d.ref = "1712.34";
  d.trouble = "no such channel";
  d.changed_at = at + Duration(9);
  return d;
}

Correction FullCorrection(const std::string& id, const Ticket& ticket, Time at) {
  Correction c = SampleCorrection(id, ticket, at);
  c.kind = store::CorrectionKind::kSplit;
  c.undoes = SampleId(at, 700);
  c.made = {SampleId(at, 701), SampleId(at, 702)};
  return c;
}

// A step with a row of every kind for the new ticket.
Step FullStep(const Ticket& ticket, Time at) {
  Step step;
  store::AddTicket(step, Ticket{}, ticket);
  step.messages = {FullMessage(ticket)};
  step.readings = {{ticket.id, 3, at, FullReading()}};
  step.deliveries = {{std::nullopt, FullDelivery(ticket, at)}};
  step.corrections = {FullCorrection(SampleId(at, 600), ticket, at)};
  step.audit = {{ticket.id, 1, at, "router", "decision", R"({"move":"route"})"}};
  step.keys = {{"message:" + ticket.id, ticket.id, at + std::chrono::hours(1)}};
  step.threads = {{ticket.id + "@mail", ticket.id, at + std::chrono::hours(1)}};
  return step;
}

TEST_P(LedgerContract, EveryFieldOfEveryRowComesBack) {
  Ticket ticket = FullTicket(SampleId(now(), 1), now());
  const Step step = FullStep(ticket, now());
  Must(Commit(step));
  ticket.version = 1;
  EXPECT_EQ(Get(ticket.id), ticket);
  EXPECT_THAT(Must(store_->tickets().Messages(ticket.id)), ElementsAre(step.messages[0]));
  const auto readings = Must(store_->tickets().Readings(ticket.id));
  ASSERT_THAT(readings, SizeIs(1));
  EXPECT_EQ(Fields(readings[0]), Fields(step.readings[0]));
  EXPECT_EQ(Must(store_->deliveries().Get(step.deliveries[0].delivery.id)), step.deliveries[0].delivery);
  const auto corrections = Must(store_->corrections().OfTicket(ticket.id));
  ASSERT_THAT(corrections, SizeIs(1));
  EXPECT_EQ(Fields(corrections[0]), Fields(step.corrections[0]));
  const auto audit = Must(store_->audit().OfTicket(ticket.id));
  ASSERT_THAT(audit, SizeIs(1));
  EXPECT_EQ(Fields(audit[0]), Fields(step.audit[0]));
  EXPECT_EQ(Must(store_->lookups().ByKey("message:" + ticket.id, now())), ticket.id);
  EXPECT_EQ(Must(store_->lookups().ByThread({ticket.id + "@mail"}, now())), ticket.id);
  EXPECT_THAT(Must(store_->queues().List("Billing", "", 10)).tickets, ElementsAre(ticket));
}

TEST_P(LedgerContract, ATicketOfDefaultsComesBack) {
  Ticket ticket;
  ticket.id = SampleId(now(), 1);
  Step step;
  store::AddTicket(step, Ticket{}, ticket);
  Must(Commit(step));
  ticket.version = 1;
  EXPECT_EQ(Get(ticket.id), ticket);
}

TEST_P(LedgerContract, AnEmptyStepSucceeds) { EXPECT_EQ(Outcome(Commit(Step{})), "ok"); }

TEST_P(LedgerContract, ANewTicketMustNotExist) {
  const Ticket ticket = Put(SampleTicket(SampleId(now(), 1), now()));
  EXPECT_EQ(Outcome(Commit(StepOfNew(SampleTicket(ticket.id, now())))), "conflict");
  EXPECT_EQ(Get(ticket.id), ticket);
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

TEST_P(LedgerContract, AMessageIsPutWhole) {
  const Ticket ticket = Put(SampleTicket(SampleId(now(), 1), now()));
  Message message = FullMessage(ticket);
  message.n = 1;
  Step step;
  step.messages = {message};
  Must(Commit(step));
  EXPECT_THAT(Must(store_->tickets().Messages(ticket.id)), ElementsAre(message));
}

TEST_P(LedgerContract, AReadingOfAMessageIsKeptBesideEarlierOnes) {
  const Ticket ticket = Put(SampleTicket(SampleId(now(), 1), now()));
  for (const char* reader : {"bedrock", "embedded", "bedrock"}) {
    Step step;
    step.readings = {{ticket.id, 1, now(), FullReading()}};
    step.readings[0].reading.reader = reader;
    Must(Commit(step));
  }
  std::vector<std::string> readers;
  for (const auto& row : Must(store_->tickets().Readings(ticket.id))) readers.push_back(row.reading.reader);
  EXPECT_THAT(readers, ElementsAre("bedrock", "embedded", "bedrock"));
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

TEST_P(LedgerContract, HostileTextsComeBackByteForByte) {
  int n = 0;
  for (const std::string& text : HostileTexts()) {
    SCOPED_TRACE(text.substr(0, 60));
    Ticket ticket = FullTicket(SampleId(now(), ++n), now());
    ticket.subject = ticket.customer.name = ticket.customer.address = ticket.team = ticket.set_aside_why = text;
    Step step = FullStep(ticket, now());
    Message& message = step.messages[0];
    message.text = message.new_text = message.from.name = message.message_id = message.attachments[0].filename = text;
    step.readings[0].reading.evidence = {text};
    Delivery& delivery = step.deliveries[0].delivery;
    delivery.text = delivery.subject = delivery.trouble = delivery.channel = text;
    Correction& correction = step.corrections[0];
    correction.id = SampleId(now(), 600 + n);
    correction.redacted_text = correction.before = correction.reason = correction.to_topic = text;
    step.keys[0].key = "message:" + text;
    step.threads[0].message_id = text;
    Must(Commit(step));
    ticket.version = 1;
    EXPECT_TRUE(Get(ticket.id) == ticket);
    EXPECT_TRUE(Must(store_->tickets().Messages(ticket.id))[0] == message);
    EXPECT_TRUE(Must(store_->tickets().Readings(ticket.id))[0].reading.evidence[0] == text);
    EXPECT_TRUE(Must(store_->deliveries().Get(delivery.id)) == delivery);
    EXPECT_TRUE(Fields(Must(store_->corrections().OfTicket(ticket.id))[0]) == Fields(correction));
    EXPECT_EQ(Must(store_->lookups().ByKey("message:" + text, now())), ticket.id);
    EXPECT_EQ(Must(store_->lookups().ByThread({text}, now())), ticket.id);
    EXPECT_THAT(Must(store_->lookups().OfCustomer(text, now(), 10)), SizeIs(1));
    EXPECT_THAT(Must(store_->queues().List(text, "", 10)).tickets, SizeIs(1));
  }
}

}  // namespace
}  // namespace tr::contract
