#include "pipeline/sweep.h"

#include <boost/json.hpp>
#include <utility>

namespace tr::pipeline {
namespace {

constexpr int kAtOnce = 1000;

// Taken, and nobody touched it for days: it is done. Pages through all taken tickets.
Result<int> FinishUntouched(const SweepPorts& ports, Duration done_after) {
  int finished = 0;
  if (done_after == Duration(0)) return finished;
  store::TicketQuery query;
  query.state = State::kTaken;
  query.limit = 200;
  do {
    TR_ASSIGN(const store::TicketPage page, ports.tickets.Search(query));
    const Time now = ports.clock.Now();
    for (const Ticket& ticket : page.tickets) {
      if (now - ticket.touched_at < done_after) continue;
      Ticket after = ticket;
      after.state = State::kDone;
      after.done_at = now;
      after.touched_at = now;
      store::Step step;
      step.audit.push_back({ticket.id, ticket.version + 1, now, "router", "done",
                            boost::json::serialize(boost::json::object{{"why", "untouched"}})});
      store::AddTicket(step, ticket, std::move(after));
      const Result<void> stored = ports.ledger.Commit(step, now);
      if (stored) ++finished;
      if (!stored && stored.fault().kind != FaultKind::kConflict) return stored.fault();
    }
    query.cursor = page.next;
  } while (!query.cursor.empty() && finished < kAtOnce);
  return finished;
}

Result<int> EraseExpired(const SweepPorts& ports, const SweepSettings& settings) {
  int erased = 0;
  const Time now = ports.clock.Now();
  if (settings.keep_texts > Duration(0)) {
    TR_ASSIGN(const std::vector<std::string> expired, ports.eraser.Expired(now - settings.keep_texts, kAtOnce));
    for (const std::string& ticket : expired) {
      TR_TRY(ports.eraser.EraseTicket(ticket, false, now));
      ++erased;
    }
  }
  TR_TRY(ports.eraser.Vacuum(now - settings.keep_rows, now));
  return erased;
}

}  // namespace

Result<int> RequeueUnhandled(const SweepPorts& ports, Duration older_than) {
  TR_ASSIGN(const std::vector<store::UnhandledMessage> unhandled,
            ports.queues.Unhandled(ports.clock.Now() - older_than, kAtOnce));
  int requeued = 0;
  for (const store::UnhandledMessage& message : unhandled) {
    TR_ASSIGN(const Ticket ticket, ports.tickets.Get(message.ticket));
    if (ticket.dead_lettered) continue;  // a human redrives it
    TR_TRY(ports.queue.Send({message.ticket, message.message}, Duration(0)));
    ++requeued;
  }
  if (requeued > 0) ports.log.Warning("requeued", {{"messages", requeued}});
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
  keep(FinishUntouched(ports, settings.done_after), swept.finished);
  keep(EraseExpired(ports, settings), swept.erased);
  if (trouble) return *trouble;
  return swept;
}

}  // namespace tr::pipeline
