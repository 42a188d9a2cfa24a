#include "testing/samples.h"

#include "base/ids.h"

namespace tr::testing {

std::string SampleId(Time at, int n) {
  return SpellUlid(static_cast<std::uint64_t>(ToMillis(at)), 0, static_cast<std::uint64_t>(n));
}

Ticket SampleTicket(const std::string& id, Time received_at) {
  Ticket ticket;
  ticket.id = id;
  ticket.customer = {"Ada", "ada@customer.example", Verification::kVerified};
  ticket.subject = "Parcel";
  ticket.received_at = received_at;
  ticket.touched_at = received_at;
  ticket.messages = 1;
  return ticket;
}

Ticket LandedTicket(const std::string& id, Time received_at, const std::string& team, Rank rank) {
  Ticket ticket = SampleTicket(id, received_at);
  ticket.state = State::kLanded;
  ticket.team = team;
  ticket.rank = rank;
  ticket.landed_at = received_at;
  return ticket;
}

Message SampleMessage(const Ticket& ticket, int n) {
  Message message;
  message.ticket = ticket.id;
  message.n = n;
  message.from = {ticket.customer.name, ticket.customer.address};
  message.at = ticket.received_at + std::chrono::minutes(n - 1);
  message.text = "Where is my parcel?";
  message.new_text = message.text;
  message.message_id = ticket.id + "." + std::to_string(n) + "@customer.example";
  return message;
}

store::Step StepOfNew(const Ticket& ticket) {
  store::Step step;
  Ticket absent;
  store::AddTicket(step, absent, ticket);
  step.messages.push_back(SampleMessage(ticket));
  step.audit.push_back({ticket.id, 1, ticket.received_at, "router", "received", "{}"});
  return step;
}

store::Delivery SampleDelivery(const Ticket& ticket, Time due_at) {
  store::Delivery delivery;
  delivery.id = ticket.id + "#card";
  delivery.ticket = ticket.id;
  delivery.team = ticket.team;
  delivery.channel = "fake:#" + ticket.team;
  delivery.due_at = due_at;
  delivery.changed_at = due_at;
  return delivery;
}

store::Correction SampleCorrection(const std::string& id, const Ticket& ticket, Time at) {
  store::Correction correction;
  correction.id = id;
  correction.ticket = ticket.id;
  correction.by = "lena@shop.example";
  correction.at = at;
  correction.from_topic = "order status";
  correction.to_topic = "refund";
  correction.from_team = "Support";
  correction.to_team = "Billing";
  correction.reason = "they want their money back";
  correction.redacted_text = "parcel is late";
  correction.before = R"({"subject":"Parcel"})";
  correction.after_version = ticket.version + 1;
  return correction;
}

}  // namespace tr::testing
