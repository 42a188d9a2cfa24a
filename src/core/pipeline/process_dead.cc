// What becomes of an item that cannot be worked, before it is buried: nothing is lost, and a human sees it.

#include <boost/json.hpp>
#include <utility>

#include "handoff/gates.h"
#include "handoff/waiting.h"
#include "pipeline/scene.h"

namespace tr::pipeline {
namespace {

// Tells triage of a ticket that stands elsewhere, or nowhere any more.
store::Delivery CallTo(const rules::RuleBook& book, const handoff::Settings& settings, const Ticket& ticket,
                       const queue::Lease& lease, const std::string& trouble) {
  store::Delivery row;
  row.id = ticket.id + "#dead#" + std::to_string(ticket.version + 1);
  row.ticket = ticket.id;
  row.kind = store::DeliveryKind::kAnnouncement;
  row.team = book.triage;
  row.channel = handoff::ChannelOf(book, book.triage, 0, settings.channels);
  row.subject = "A message could not be worked";
  row.text = "Message " + std::to_string(lease.item.message) + " of ticket " + ticket.id +
             " could not be worked: " + trouble + ". The ticket stays as it is (" + std::string(Name(ticket.state)) +
             (ticket.team.empty() ? "" : ", " + ticket.team) +
             "). Read the message there; mend the cause, then run: ticket-router redrive --all";
  if (!settings.base_url.empty()) row.text += "\n" + settings.base_url + "/#/tickets/" + ticket.id;
  row.due_at = row.changed_at = ticket.touched_at;
  return row;
}

}  // namespace

bool IsUnlanded(const Ticket& ticket) { return ticket.state == State::kReceived || ticket.state == State::kRead; }

// A ticket that never landed keeps its state and stands in triage; of any other triage is told, once until something of
// the ticket is worked again. Dying after the commit leaves the item in the queue: it comes again and finds itself
// marked.
Result<void> Process::MarkDead(const queue::Lease& lease, const Fault& fault) {
  const Result<Ticket> before = ports_.tickets.Get(lease.item.ticket);
  if (!before && before.fault().kind == FaultKind::kNotFound) return Ok();
  if (!before) return before.fault();
  if (before->dead_lettered) return Ok();
  const rules::RuleBookPtr book = book_();
  if (book == nullptr && !IsUnlanded(*before)) return Transient("no rule book says where triage is told");
  Ticket after = *before;
  after.dead_lettered = true;
  after.touched_at = ports_.clock.Now();
  handoff::Landing grave;
  const boost::json::object body{
      {"message", lease.item.message}, {"attempts", lease.attempts}, {"trouble", fault.text}};
  grave.step.audit.push_back(
      {after.id, after.version + 1, after.touched_at, "router", "dead_lettered", boost::json::serialize(body)});
  if (IsUnlanded(after)) {
    after.move = Move::kHold;
    after.team = book != nullptr ? book->triage : "Triage";
    if (book != nullptr) handoff::StartClock(grave, *before, after, *book, after.touched_at);
  } else {
    grave.step.deliveries.push_back({std::nullopt, CallTo(*book, settings_.handoff, after, lease, fault.text)});
  }
  store::AddTicket(grave.step, *before, std::move(after));
  return ports_.ledger.Commit(grave.step, ports_.clock.Now());
}

}  // namespace tr::pipeline
