#include "cli/demo_tally.h"

#include <algorithm>
#include <vector>

namespace tr::cli {
namespace {

constexpr int kPage = 200;

void CountTicket(const Ticket& ticket, Tally& tally, std::vector<long>& millis) {
  if (ticket.state == State::kSetAside || ticket.state == State::kSuspect) ++tally.set_aside;
  if (!ticket.landed_at) return;
  ++tally.by_team[ticket.team];
  millis.push_back((*ticket.landed_at - ticket.received_at).count());
  tally.joined += std::max(0, ticket.messages - 1);
  if (ticket.move == Move::kHold) {
    ++tally.held;
  } else if (ticket.rank != Rank::kNormal) {
    ++tally.jumped;
  }
}

Result<int> CountReassigned(store::Corrections& corrections) {
  int reassigned = 0;
  std::string cursor;
  while (true) {
    TR_ASSIGN(const store::Corrections::Page page, corrections.Since(cursor, kPage));
    if (page.rows.empty()) return reassigned;
    cursor = page.cursor;
    reassigned += static_cast<int>(std::count_if(page.rows.begin(), page.rows.end(), [](const store::Correction& row) {
      return row.kind == store::CorrectionKind::kReassign;
    }));
  }
}

std::string Number(int count, const std::string& what) { return std::to_string(count) + " " + what; }

}  // namespace

Result<Tally> Count(wiring::App& app) {
  Tally tally;
  std::vector<long> millis;
  store::TicketQuery query;
  query.limit = kPage;
  do {
    TR_ASSIGN(const store::TicketPage page, app.ports().tickets.Search(query));
    for (const Ticket& ticket : page.tickets) CountTicket(ticket, tally, millis);
    query.cursor = page.next;
  } while (!query.cursor.empty());
  if (!millis.empty()) {
    const auto middle = millis.begin() + static_cast<std::ptrdiff_t>(millis.size() / 2);
    std::nth_element(millis.begin(), middle, millis.end());
    tally.median_millis = *middle;
  }
  TR_ASSIGN(tally.corrected, CountReassigned(app.ports().corrections));
  return tally;
}

std::string SummaryText(const Paper& paper, const Tally& tally, const std::string& rules_dir) {
  int landed = 0;
  std::string teams;
  for (const auto& [team, count] : tally.by_team) {
    landed += count;
    teams += (teams.empty() ? "" : ", ") + team + " " + std::to_string(count);
  }
  std::string text = "\n" + Inked(paper, Ink::kNews, "What became of them") + "\n";
  text += "  " + Number(landed, "landed: ") + teams + "\n";
  text += "  " + Number(tally.jumped, "jumped the queue, ") + Number(tally.held, "held for a human, ") +
          Number(tally.joined, "joined a ticket that was there, ") + Number(tally.set_aside, "set aside, ") +
          Number(tally.corrected, "corrected") + "\n";
  text += "  " + std::to_string(tally.median_millis) + " ms from arrival to landing (median)\n";
  text += Inked(paper, Ink::kNews, "What to do next") + "\n";
  text += "  docs/rules.md says how to write your own rules; start from the ones in " + rules_dir + "\n";
  text += "  ticket-router serve --rules " + rules_dir + " --data data    runs it for good\n";
  text += "  ticket-router --help    says what else there is\n";
  return text;
}

}  // namespace tr::cli
