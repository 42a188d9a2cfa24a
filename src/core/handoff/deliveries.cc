#include "handoff/deliveries.h"

#include <utility>

namespace tr::handoff {
namespace {

store::Delivery Row(const Ticket& ticket, const std::string& channel, store::DeliveryKind kind,
                    const std::string& what) {
  store::Delivery row;
  row.id = ticket.id + "#" + what;
  row.ticket = ticket.id;
  row.kind = kind;
  row.team = ticket.team;
  row.channel = channel;
  return row;
}

// The version that the ticket gets by the step that is being planned: it tells two cards of one ticket apart.
std::string NextVersion(const Ticket& ticket) { return std::to_string(ticket.version + 1); }

}  // namespace

void Begin(Landing& landing, store::Delivery delivery, const Card& card, Time now) {
  delivery.attempts = 1;
  delivery.due_at = now + kDeliveryLease;
  delivery.changed_at = now;
  landing.step.deliveries.push_back({std::nullopt, delivery});
  landing.begun.push_back({std::move(delivery), card, ""});
}

void AddPing(Landing& landing, Ticket& after, const Decision& decision, const std::string& channel, const Card& card,
             Time now) {
  if (decision.pings.empty() || decision.rank <= after.pinged.value_or(Rank::kNormal)) return;
  after.pinged = decision.rank;
  const Ping& ping = decision.pings.front();
  store::Delivery row = Row(after, channel, store::DeliveryKind::kPing, "ping#" + std::string(Name(decision.rank)));
  row.person = ping.person;
  row.role = ping.role;
  if (ping.due <= now) return Begin(landing, std::move(row), card, now);
  row.due_at = ping.due;
  row.changed_at = now;
  landing.step.deliveries.push_back({std::nullopt, std::move(row)});
}

store::Delivery NewCard(const Ticket& ticket, const std::string& channel) {
  return Row(ticket, channel, store::DeliveryKind::kCard, "card#" + NextVersion(ticket));
}

store::Delivery ThreadPost(const Ticket& ticket, const std::string& channel, int message) {
  store::Delivery row = Row(ticket, channel, store::DeliveryKind::kThread, "thread#" + std::to_string(message));
  row.message = message;
  return row;
}

store::Delivery CardUpdateRow(const Ticket& ticket, const std::string& channel) {
  return Row(ticket, channel, store::DeliveryKind::kCardUpdate, "update#" + NextVersion(ticket) + "#" + channel);
}

}  // namespace tr::handoff
