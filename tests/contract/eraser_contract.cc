// Eraser: what a customer said is gone from everywhere, and readers are told to unlearn it.

#include <algorithm>

#include "contract/store_contract.h"
#include "intake/accept.h"
#include "testing/counting_ids.h"
#include "testing/recording_log.h"

namespace tr::contract {
namespace {

using store::CorrectionKind;
using store::Step;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::SampleCorrection;
using testing::SampleId;
using testing::SampleMessage;
using testing::SampleTicket;
using ::testing::SizeIs;

constexpr Duration kDay = std::chrono::hours(24);

// Stores a ticket with everything on it that holds a customer's words.
Ticket PutWordy(StoreUnderTest& store, const std::string& id, Time at, State state = State::kDone) {
  Ticket ticket = SampleTicket(id, at);
  ticket.state = state;
  if (state == State::kDone) ticket.done_at = at;
  Step step;
  store::AddTicket(step, Ticket{}, ticket);
  Message message = SampleMessage(ticket);
  message.attachments = {{"ada's invoice.pdf", "application/pdf", 9}};
  message.original = "original-of-" + id;
  Must(store.originals().Put(message.original, "raw words", at));
  step.messages = {message};
  step.readings = {{id, 1, at, {}}};
  step.readings[0].reading.topic = "refund";
  step.readings[0].reading.evidence = {"my parcel"};
  step.corrections = {SampleCorrection("C-" + id, ticket, at)};
  step.audit = {{id, 1, at, "router", "received", "{}"}};
  step.keys = {{"message:" + id, id, at + 90 * kDay},
               {"message:2:" + id, id + "#2", at + 90 * kDay},
               {"land:" + id, id, at + kDay}};
  step.threads = {{message.message_id, id, at + 90 * kDay}};
  Must(store.ledger().Commit(step, at));
  return Must(store.tickets().Get(id));
}

void ExpectNoWords(StoreUnderTest& store, const std::string& id) {
  const Ticket ticket = Must(store.tickets().Get(id));
  EXPECT_EQ(ticket.subject, "");
  EXPECT_TRUE(ticket.text_removed);
  for (const Message& message : Must(store.tickets().Messages(id))) {
    EXPECT_EQ(message.text, "");
    EXPECT_EQ(message.new_text, "");
    for (const Attachment& attachment : message.attachments) EXPECT_EQ(attachment.filename, "");
  }
  for (const auto& row : Must(store.tickets().Readings(id))) EXPECT_THAT(row.reading.evidence, IsEmpty());
  for (const auto& row : Must(store.corrections().OfTicket(id))) {
    EXPECT_EQ(row.redacted_text, "");
    EXPECT_EQ(row.before, "");
  }
  EXPECT_EQ(Outcome(store.originals().Get("original-of-" + id)), "not_found");
}

TEST_P(EraserContract, ATicketsWordsAreGoneEverywhere) {
  const Ticket before = PutWordy(*store_, "T1", now());
  const Ticket other = PutWordy(*store_, "T2", now());
  EXPECT_TRUE(Must(store_->eraser().EraseExpired("T1", now() + kDay, now())));
  ExpectNoWords(*store_, "T1");

  Ticket after = Get("T1");
  EXPECT_EQ(after.customer, before.customer) << "without identity the customer stays";
  EXPECT_EQ(after.state, before.state);
  EXPECT_THAT(Must(store_->tickets().Messages("T1")), SizeIs(1));
  EXPECT_EQ(Must(store_->tickets().Messages("T1"))[0].from.address, before.customer.address);
  EXPECT_EQ(Must(store_->tickets().Readings("T1"))[0].reading.topic, "refund");
  EXPECT_THAT(Must(store_->audit().OfTicket("T1")), SizeIs(1)) << "the audit stays";

  EXPECT_EQ(Get("T2"), other);
  EXPECT_EQ(Must(store_->tickets().Messages("T2"))[0].text, "Where is my parcel?");
  EXPECT_EQ(Must(store_->originals().Get("original-of-T2")), "raw words");
  EXPECT_EQ(Must(store_->corrections().OfTicket("T2"))[0].redacted_text, "parcel is late");
}

TEST_P(EraserContract, WithIdentityNothingTellsWhoItWas) {
  const Ticket before = PutWordy(*store_, "T1", now());
  const Message message = Must(store_->tickets().Messages("T1"))[0];
  Must(store_->eraser().Forget("T1", now()));
  ExpectNoWords(*store_, "T1");
  EXPECT_EQ(Get("T1").customer.name, "");
  EXPECT_EQ(Get("T1").customer.address, "");
  const Message after = Must(store_->tickets().Messages("T1"))[0];
  EXPECT_EQ(after.from, Mailbox{});
  EXPECT_EQ(after.message_id, "");
  EXPECT_THAT(Must(store_->lookups().OfCustomer(before.customer.address, before.received_at, 10)), IsEmpty());
  EXPECT_EQ(Must(store_->lookups().ByThread({message.message_id}, now())), std::nullopt);
  EXPECT_NE(Must(store_->lookups().ByKey("message:T1", now())), "T1");
  EXPECT_NE(Must(store_->lookups().ByKey("message:2:T1", now())), "T1#2");
  store::TicketQuery query;
  for (const char* words : {"ada@", "Parcel"}) {
    query.text = words;
    EXPECT_THAT(Must(store_->tickets().Search(query)).tickets, IsEmpty()) << words;
  }
}

TEST_P(EraserContract, ReadersAreToldToUnlearn) {
  PutWordy(*store_, "T1", now());
  const std::string cursor = Must(store_->corrections().Since("", 100)).cursor;
  Must(store_->eraser().EraseExpired("T1", now() + kDay, now()));
  const auto told = Must(store_->corrections().Since(cursor, 100)).rows;
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, CorrectionKind::kErase);
  EXPECT_EQ(told[0].undoes, "C-T1");
  EXPECT_EQ(told[0].ticket, "T1");
  EXPECT_EQ(told[0].at, now());
  EXPECT_NE(told[0].id, "");
  EXPECT_NE(told[0].id, "C-T1");
}

TEST_P(EraserContract, ErasingAgainChangesNothing) {
  PutWordy(*store_, "T1", now());
  Must(store_->eraser().Forget("T1", now()));
  const Ticket erased = Get("T1");
  const std::string cursor = Must(store_->corrections().Since("", 100)).cursor;
  EXPECT_EQ(Outcome(store_->eraser().Forget("T1", now())), "ok");
  EXPECT_EQ(Get("T1"), erased);
  EXPECT_THAT(Must(store_->corrections().Since(cursor, 100)).rows, IsEmpty());
}

TEST_P(EraserContract, IdentityCanBeErasedAfterTheWords) {
  PutWordy(*store_, "T1", now());
  Must(store_->eraser().EraseExpired("T1", now() + kDay, now()));
  Must(store_->eraser().Forget("T1", now()));
  EXPECT_EQ(Get("T1").customer.address, "");
  EXPECT_EQ(Must(store_->tickets().Messages("T1"))[0].from, Mailbox{});
}

TEST_P(EraserContract, AStepPlannedBeforeCannotBringTheWordsBack) {
  const Ticket before = PutWordy(*store_, "T1", now(), State::kLanded);
  Must(store_->eraser().Forget("T1", now()));
  Step step;
  store::AddTicket(step, before, before);
  EXPECT_EQ(Outcome(Commit(step)), "conflict");
  EXPECT_EQ(Get("T1").subject, "");
}

TEST_P(EraserContract, ExpiredGivesEndedTicketsThatHaveTextOldestFirst) {
  const Time t = now();
  int n = 0;
  const auto put = [&](const std::string& id, State state, int day) {
    PutWordy(*store_, id, t + day * kDay, state);
    ++n;
  };
  put("landed", State::kLanded, 0);
  put("taken", State::kTaken, 0);
  put("received", State::kReceived, 0);
  put("read", State::kRead, 0);
  put("done", State::kDone, 5);
  put("merged", State::kMerged, 3);
  put("split", State::kSplit, 4);
  put("set-aside", State::kSetAside, 1);
  put("suspect", State::kSuspect, 2);
  put("young", State::kDone, 9);
  auto& eraser = store_->eraser();
  EXPECT_THAT(Must(eraser.Expired(t + 9 * kDay, 100)), ElementsAre("set-aside", "suspect", "merged", "split", "done"));
  EXPECT_THAT(Must(eraser.Expired(t + 9 * kDay, 2)), ElementsAre("set-aside", "suspect"));
  EXPECT_TRUE(Must(eraser.EraseExpired("set-aside", t + 9 * kDay, t + 9 * kDay)));
  EXPECT_THAT(Must(eraser.Expired(t + 9 * kDay, 2)), ElementsAre("suspect", "merged"));
}

// What the gate makes of a reply that names the ticket.
void Reply(StoreUnderTest& store, const std::string& id) {
  testing::CountingIds ids;
  testing::RecordingLog log;
  intake::Gate gate(
      {store.ledger(), store.tickets(), store.lookups(), store.originals(), store.queue(), ids, store.clock, log});
  intake::Arrival mail;
  mail.identity = std::string(64, 'a');
  mail.customer = {"Ada", "ada@customer.example", Verification::kVerified};
  mail.from = {"Ada", "ada@customer.example"};
  mail.text = mail.new_text = "It is still not here.";
  mail.tagged_ticket = id;
  ASSERT_EQ(Must(gate.Accept(mail)).ticket, id);
}

TEST_P(EraserContract, WordsThatComeToAnErasedTicketExpireInTheirTurn) {
  const std::string id = SampleId(now(), 1);
  PutWordy(*store_, id, now());
  Must(store_->eraser().EraseExpired(id, now() + kDay, now()));
  store_->clock.Advance(3 * kDay);
  Reply(*store_, id);
  const Ticket reopened = Get(id);
  Ticket done = reopened;
  done.state = State::kDone;
  done.done_at = done.touched_at = now();
  Change(reopened, done);
  store_->clock.Advance(100 * kDay);
  EXPECT_THAT(Must(store_->eraser().Expired(now() - 90 * kDay, 10)), ElementsAre(id));
  Must(store_->eraser().EraseExpired(id, now() + kDay, now()));
  EXPECT_THAT(Must(store_->eraser().Expired(now() - 90 * kDay, 10)), IsEmpty());
  ExpectNoWords(*store_, id);
}

TEST_P(EraserContract, AReplyBetweenListAndErasureKeepsTheTicket) {
  const std::string id = SampleId(now(), 1);
  PutWordy(*store_, id, now());
  store_->clock.Advance(2 * kDay);
  const Time before = now() - kDay;
  ASSERT_THAT(Must(store_->eraser().Expired(before, 10)), ElementsAre(id));
  Reply(*store_, id);
  const Ticket replied = Get(id);
  EXPECT_FALSE(Must(store_->eraser().EraseExpired(id, before, now())));
  EXPECT_EQ(Get(id), replied);
  const std::vector<Message> messages = Must(store_->tickets().Messages(id));
  ASSERT_THAT(messages, SizeIs(2));
  EXPECT_EQ(messages[0].text, "Where is my parcel?");
  EXPECT_EQ(messages[1].text, "It is still not here.");
  EXPECT_EQ(Must(store_->originals().Get("original-of-" + id)), "raw words");
  EXPECT_EQ(Must(store_->corrections().OfTicket(id))[0].redacted_text, "parcel is late");
  EXPECT_THAT(Must(store_->eraser().Expired(before, 10)), IsEmpty());
}

TEST_P(EraserContract, OnlyForgettingErasesAnOpenTicket) {
  PutWordy(*store_, "T1", now(), State::kLanded);
  EXPECT_FALSE(Must(store_->eraser().EraseExpired("T1", now() + kDay, now())));
  EXPECT_EQ(Get("T1").subject, "Parcel");
  Must(store_->eraser().Forget("T1", now()));
  ExpectNoWords(*store_, "T1");
}

TEST_P(EraserContract, AnUnknownTicketIsNotFound) {
  EXPECT_EQ(Outcome(store_->eraser().EraseExpired("T1", now(), now())), "not_found");
  EXPECT_EQ(Outcome(store_->eraser().Forget("T1", now())), "not_found");
}

// What a split or a merge makes: tickets that name one mail, each in a message of its own. The first has ended.
void PutWithOneOriginal(StoreUnderTest& store, Time at) {
  Must(store.originals().Put("shared", "raw words", at));
  Step step;
  for (const char* id : {"T1", "T2", "T3"}) {
    Ticket ticket = SampleTicket(id, at);
    ticket.state = State::kDone;
    store::AddTicket(step, Ticket{}, ticket);
    step.messages.push_back(SampleMessage(ticket));
    step.messages.back().original = "shared";
  }
  Must(store.ledger().Commit(step, at));
}

TEST_P(EraserContract, AnOriginalGoesWithTheLastTicketThatNamesIt) {
  PutWithOneOriginal(*store_, now());
  const Time later = now() + kDay;
  const auto original = [&] { return Outcome(store_->originals().Get("shared")); };
  for (int again = 0; again < 2; ++again) EXPECT_TRUE(Must(store_->eraser().EraseExpired("T1", later, later)));
  EXPECT_EQ(Must(store_->tickets().Messages("T1"))[0].original, "");
  EXPECT_EQ(original(), "ok");
  Must(store_->eraser().Vacuum(later, later));
  EXPECT_EQ(original(), "ok");
  EXPECT_TRUE(Must(store_->eraser().EraseExpired("T3", later, later)));
  EXPECT_EQ(original(), "ok");
  EXPECT_EQ(Must(store_->tickets().Messages("T2"))[0].original, "shared");
  EXPECT_TRUE(Must(store_->eraser().EraseExpired("T2", later, later)));
  EXPECT_EQ(original(), "not_found");
}

TEST_P(EraserContract, AnOriginalGoesWhenAnyoneWhoHasItIsForgotten) {
  PutWithOneOriginal(*store_, now());
  Must(store_->eraser().Forget("T1", now()));
  EXPECT_EQ(Outcome(store_->originals().Get("shared")), "not_found");
  EXPECT_EQ(Must(store_->tickets().Messages("T2"))[0].text, "Where is my parcel?");
  EXPECT_TRUE(Must(store_->eraser().EraseExpired("T2", now() + kDay, now())));
  // The same bytes may come again, on a ticket of their own.
  PutWordy(*store_, "T4", now());
  EXPECT_TRUE(Must(store_->eraser().EraseExpired("T3", now() + kDay, now())));
  EXPECT_EQ(Outcome(store_->originals().Get("original-of-T4")), "ok");
}

TEST_P(EraserContract, VacuumDropsWhatNobodyNeeds) {
  const Time t = now();
  const Ticket ticket = PutWordy(*store_, "T1", t);  // a key until t + 1 day, others until t + 90 days
  const auto row = [&](const std::string& id, store::DeliveryState state, Time changed_at) {
    store::Delivery delivery = testing::SampleDelivery(ticket, t);
    delivery.id = id;
    delivery.state = state;
    delivery.changed_at = changed_at;
    return store::DeliveryWrite{std::nullopt, delivery};
  };
  Step step;
  step.deliveries = {
      row("old", store::DeliveryState::kDelivered, t), row("young", store::DeliveryState::kDelivered, t + 3 * kDay),
      row("failed", store::DeliveryState::kFailed, t), row("pending", store::DeliveryState::kPending, t)};
  Must(Commit(step));
  Must(store_->originals().Put("orphan", "nobody's", t));
  Must(store_->originals().Put("young orphan", "nobody's yet", t + 3 * kDay));

  EXPECT_EQ(Outcome(store_->eraser().Vacuum(t + 2 * kDay, t + 4 * kDay)), "ok");

  const Time past = t;  // asked at a time when every key still stood
  EXPECT_EQ(Must(store_->lookups().ByKey("land:T1", past)), std::nullopt) << "expired, so dropped";
  EXPECT_EQ(Must(store_->lookups().ByKey("message:T1", past)), "T1");
  std::vector<std::string> left;
  for (const auto& delivery : Must(store_->deliveries().OfTicket("T1"))) left.push_back(delivery.id);
  EXPECT_THAT(left, ::testing::UnorderedElementsAre("young", "failed", "pending"));
  EXPECT_EQ(Outcome(store_->originals().Get("orphan")), "not_found");
  EXPECT_EQ(Outcome(store_->originals().Get("young orphan")), "ok");
  EXPECT_EQ(Outcome(store_->originals().Get("original-of-T1")), "ok") << "its ticket has it still";
  EXPECT_EQ(Get("T1"), ticket);
}

}  // namespace
}  // namespace tr::contract
