// Ledger: what a step wrote comes back as it was.

#include "contract/full_step.h"
#include "contract/hostile_texts.h"
#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using store::Correction;
using store::Delivery;
using store::Step;
using ::testing::ElementsAre;
using testing::SampleId;
using testing::SampleTicket;
using ::testing::SizeIs;

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

TEST_P(LedgerContract, AMessageIsPutWhole) {
  const Ticket ticket = Put(SampleTicket(SampleId(now(), 1), now()));
  Message message = FullMessage(ticket);
  message.n = 1;
  Step step;
  step.messages = {message};
  Must(Commit(step));
  EXPECT_THAT(Must(store_->tickets().Messages(ticket.id)), ElementsAre(message));
}

TEST_P(LedgerContract, AConfidenceComesBackToAMillionth) {
  const Ticket ticket = Put(SampleTicket(SampleId(now(), 1), now()));
  for (const double confidence : {0.1, 1.0 / 3, 0.999999999999, 1e-12, 0.0, 1.0}) {
    Step step;
    step.readings = {{ticket.id, 1, now(), FullReading()}};
    step.readings[0].reading.confidence = confidence;
    Must(Commit(step));
    EXPECT_NEAR(Must(store_->tickets().Readings(ticket.id)).back().reading.confidence, confidence, 1e-6);
  }
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
