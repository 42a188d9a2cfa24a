#include "handoff/untaken.h"

#include <algorithm>
#include <tuple>

#include "handoff/waiting.h"

namespace tr::handoff {
namespace {

constexpr int kPage = 200;

// A queue begins with what hurries. Triage's holds hurry at any rank.
Result<void> FindIn(store::Queues& queues, const std::string& team, const rules::RuleBook& book, Time now,
                    std::vector<Untaken>& found) {
  std::string cursor;
  for (int looked = 0; looked < kMaxUntakenLooked; looked += kPage) {
    TR_ASSIGN(store::TicketPage page, queues.List(team, cursor, kPage));
    for (Ticket& ticket : page.tickets) {
      if (team != book.triage && ticket.rank == Rank::kNormal) return Ok();
      const int calls = CallsDue(ticket, book, now);
      if (calls == 0) continue;
      const Time late_since = *CallDue(ticket, book, 1);
      found.push_back({std::move(ticket), late_since, calls});
    }
    if (page.next.empty()) return Ok();
    cursor = page.next;
  }
  return Ok();
}

}  // namespace

Result<std::vector<Untaken>> FindUntaken(store::Queues& queues, const rules::RuleBook& book, Time now) {
  std::vector<Untaken> found;
  TR_ASSIGN(const std::vector<store::TeamCount> teams, queues.Counts());
  for (const store::TeamCount& count : teams) TR_TRY(FindIn(queues, count.team, book, now, found));
  std::sort(found.begin(), found.end(), [](const Untaken& a, const Untaken& b) {
    return std::tie(a.late_since, a.ticket.id) < std::tie(b.late_since, b.ticket.id);
  });
  return found;
}

}  // namespace tr::handoff
