#include "handoff/untaken.h"

#include <algorithm>
#include <functional>
#include <tuple>

#include "handoff/waiting.h"

namespace tr::handoff {
namespace {

constexpr int kPage = 200;

using Look = std::function<Result<void>(const Ticket& ticket)>;

// A queue begins with what hurries. Triage's holds hurry at any rank.
Result<void> LookThrough(store::Queues& queues, const std::string& team, const rules::RuleBook& book,
                         const Look& look) {
  std::string cursor;
  for (int looked = 0; looked < kMaxUntakenLooked; looked += kPage) {
    TR_ASSIGN(const store::TicketPage page, queues.List(team, cursor, kPage));
    for (const Ticket& ticket : page.tickets) {
      if (team != book.triage && ticket.rank == Rank::kNormal) return Ok();
      TR_TRY(look(ticket));
    }
    if (page.next.empty()) return Ok();
    cursor = page.next;
  }
  return Ok();
}

Result<void> LookThroughAll(store::Queues& queues, const rules::RuleBook& book, const Look& look) {
  TR_ASSIGN(const std::vector<store::TeamCount> teams, queues.Counts());
  for (const store::TeamCount& count : teams) TR_TRY(LookThrough(queues, count.team, book, look));
  return Ok();
}

}  // namespace

Result<std::vector<Untaken>> FindUntaken(store::Queues& queues, const rules::RuleBook& book, Time now) {
  std::vector<Untaken> found;
  TR_TRY(LookThroughAll(queues, book, [&](const Ticket& ticket) -> Result<void> {
    if (const int calls = CallsDue(ticket, book, now); calls > 0) {
      found.push_back({ticket, *CallDue(ticket, book, 1), calls});
    }
    return Ok();
  }));
  std::sort(found.begin(), found.end(), [](const Untaken& a, const Untaken& b) {
    return std::tie(a.late_since, a.ticket.id) < std::tie(b.late_since, b.ticket.id);
  });
  return found;
}

Result<void> StartClocks(store::Queues& queues, store::Deliveries& deliveries, store::Ledger& ledger,
                         const rules::RuleBook& book, Time now) {
  return LookThroughAll(queues, book, [&](const Ticket& ticket) -> Result<void> {
    if (!CallDue(ticket, book, 1)) return Ok();
    TR_ASSIGN(const std::vector<store::Delivery> rows, deliveries.OfTicket(ticket.id));
    std::optional<store::DeliveryWrite> timer = MissingTimer(ticket, rows, book, now);
    if (!timer) return Ok();
    store::Step step;
    step.deliveries.push_back(*std::move(timer));
    const Result<void> stored = ledger.Commit(step, now);
    // Its timer rings just now, by the new book already.
    return !stored && stored.fault().kind == FaultKind::kConflict ? Ok() : stored;
  });
}

}  // namespace tr::handoff
