#include "contract/full_step.h"

#include "testing/samples.h"

namespace tr::contract {
namespace {

using store::Correction;
using store::Delivery;
using store::Step;
using testing::LandedTicket;
using testing::SampleCorrection;
using testing::SampleDelivery;
using testing::SampleId;
using testing::SampleMessage;

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

}  // namespace

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
  t.waiting_since = at + Duration(5);
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
  r.sure_at = 0.375;
  r.ranking = {{"refund", 0.8125}, {"order status", 0.125}};
  r.urgency = Urgency::kHigh;
  r.tone = Tone::kFrustrated;
  r.signals = {Signal::kPaymentFailure};
  r.evidence = {"my money", "back"};
  r.reader = "embedded";
  return r;
}

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

}  // namespace tr::contract
