#include "pipeline/sweep.h"

#include <boost/json.hpp>
#include <utility>

namespace tr::pipeline {
namespace {

constexpr int kAtOnce = 1000;

// The ticket is done and its card shows it. Nobody stands by to deliver: the card's row is due at once.
Result<store::Step> PlanDone(const SweepPorts& ports, const handoff::Settings& settings, const Ticket& ticket,
                             Time now) {
  Ticket after = ticket;
  after.state = State::kDone;
  after.done_at = now;
  after.touched_at = now;
  store::Step step;
  if (const rules::RuleBookPtr book = ports.book ? ports.book() : nullptr; book != nullptr) {
    TR_ASSIGN(const std::vector<Message> messages, ports.tickets.Messages(ticket.id));
    TR_ASSIGN(const std::vector<store::ReadingRow> readings, ports.tickets.Readings(ticket.id));
    const auto reading = readings.empty() ? std::nullopt : std::optional<Reading>(readings.back().reading);
    step = handoff::PlanMark(ticket, std::move(after), messages, reading, *book, settings, now).step;
  } else {
    store::AddTicket(step, ticket, std::move(after));
  }
  for (store::DeliveryWrite& write : step.deliveries) {
    write.delivery.attempts = 0;
    write.delivery.due_at = now;
  }
  step.audit.push_back({ticket.id, ticket.version + 1, now, "router", "done",
                        boost::json::serialize(boost::json::object{{"why", "untouched"}})});
  return step;
}

// Taken, and nobody touched it for days: it is done. Pages through all taken tickets.
Result<int> FinishUntouched(const SweepPorts& ports, const SweepSettings& settings) {
  const Duration done_after = settings.done_after;
  int finished = 0;
  std::optional<Fault> trouble;
  if (done_after == Duration(0)) return finished;
  store::TicketQuery query;
  query.state = State::kTaken;
  query.limit = 200;
  do {
    TR_ASSIGN(const store::TicketPage page, ports.tickets.Search(query));
    const Time now = ports.clock.Now();
    for (const Ticket& ticket : page.tickets) {
      if (now - ticket.touched_at < done_after) continue;
      const Result<store::Step> step = PlanDone(ports, settings.handoff, ticket, now);
      const Result<void> stored = step ? ports.ledger.Commit(*step, now) : Result<void>(step.fault());
      if (stored) ++finished;
      if (stored || stored.fault().kind == FaultKind::kConflict) continue;
      ports.log.Error("not_finished", {{"ticket", ticket.id}, {"trouble", stored.fault().text}});
      if (!trouble) trouble = stored.fault();
    }
    query.cursor = page.next;
  } while (!query.cursor.empty() && finished < kAtOnce);
  if (trouble) return *trouble;
  return finished;
}

Result<int> EraseExpired(const SweepPorts& ports, const SweepSettings& settings) {
  int erased = 0;
  std::optional<Fault> trouble;
  const Time now = ports.clock.Now();
  if (settings.keep_texts > Duration(0)) {
    const Time before = now - settings.keep_texts;
    TR_ASSIGN(const std::vector<std::string> expired, ports.eraser.Expired(before, kAtOnce));
    for (const std::string& ticket : expired) {
      const Result<bool> done = ports.eraser.EraseExpired(ticket, before, now);
      if (done && *done) ++erased;
      // One that cannot be erased must not keep the others from it.
      if (!done) ports.log.Error("not_erased", {{"ticket", ticket}, {"trouble", done.fault().text}});
      if (!done && !trouble) trouble = done.fault();
    }
  }
  TR_TRY(ports.eraser.Vacuum(now - settings.keep_rows, now));
  if (trouble) return *trouble;
  return erased;
}

}  // namespace

Result<int> RequeueUnhandled(const SweepPorts& ports, Duration older_than) {
  TR_ASSIGN(const std::vector<store::UnhandledMessage> unhandled,
            ports.queues.Unhandled(ports.clock.Now() - older_than, kAtOnce));
  int requeued = 0;
  std::optional<Fault> trouble;
  for (const store::UnhandledMessage& message : unhandled) {
    const Result<Ticket> ticket = ports.tickets.Get(message.ticket);
    // One that cannot be read must not keep the others from it.
    if (!ticket) ports.log.Error("not_requeued", {{"ticket", message.ticket}, {"trouble", ticket.fault().text}});
    if (!ticket && !trouble) trouble = ticket.fault();
    if (!ticket || ticket->dead_lettered) continue;  // a human redrives what is dead
    TR_TRY(ports.queue.Send({message.ticket, message.message}, Duration(0)));
    ++requeued;
  }
  if (requeued > 0) ports.log.Warning("requeued", {{"messages", requeued}});
  if (trouble) return *trouble;
  return requeued;
}

Result<Swept> Sweep(const SweepPorts& ports, const SweepSettings& settings) {
  Swept swept;
  std::optional<Fault> trouble;
  const auto keep = [&trouble](const Result<int>& part, int& count) {
    if (part) {
      count = *part;
    } else if (!trouble) {
      trouble = part.fault();
    }
  };
  keep(RequeueUnhandled(ports, settings.unhandled_after), swept.requeued);
  keep(FinishUntouched(ports, settings), swept.finished);
  keep(EraseExpired(ports, settings), swept.erased);
  if (trouble) return *trouble;
  return swept;
}

}  // namespace tr::pipeline
