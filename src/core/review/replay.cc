#include "review/replay.h"

#include <algorithm>

#include "route/decide.h"
#include "rules/match.h"

namespace tr::review {
namespace {

constexpr int kPage = 100;

struct Past {
  Ticket ticket;
  std::string new_text;
  std::optional<Reading> reading;
};

std::string Because(const Decision& decision) {
  for (const Reason& reason : decision.reasons) {
    if (reason.decided) return reason.text;
  }
  return "";
}

Fate FateUnder(const Past& past, const rules::RuleBook& book) {
  const rules::SearchText text(past.ticket.subject, past.new_text);
  rules::Facts facts;
  facts.lane = past.ticket.lane;
  facts.from = past.ticket.customer.address;
  facts.sender_failed = past.ticket.customer.verification == Verification::kFailed;
  facts.text = &text;
  Fate fate;
  if (const rules::NotTicket* entry = rules::FindNotTicket(book, facts)) {
    fate.not_a_ticket = true;
    fate.because = entry->bullet.text;
    return fate;
  }
  route::Question question;
  question.lane = past.ticket.lane;
  question.from = past.ticket.customer.address;
  question.verification = past.ticket.customer.verification;
  question.subject = past.ticket.subject;
  question.new_text = past.new_text;
  question.reading = past.reading ? &*past.reading : nullptr;
  question.automated = past.ticket.automated;
  const Decision decision = route::Decide(question, book, past.ticket.landed_at.value_or(past.ticket.received_at));
  return {false, decision.move, decision.rank, decision.team, decision.person, Because(decision)};
}

// Nothing for a ticket that no customer wrote, or whose text is gone.
Result<std::optional<Past>> Load(store::Tickets& tickets, const Ticket& ticket) {
  TR_ASSIGN(const std::vector<Message> messages, tickets.Messages(ticket.id));
  if (messages.empty() || messages.front().machine != Machine::kNone) return std::optional<Past>{};
  TR_ASSIGN(const std::vector<store::ReadingRow> readings, tickets.Readings(ticket.id));
  Past past{ticket, messages.front().new_text, {}};
  if (!readings.empty()) past.reading = readings.front().reading;
  return std::optional<Past>(std::move(past));
}

}  // namespace

bool Fate::SamePlace(const Fate& other) const {
  if (not_a_ticket || other.not_a_ticket) return not_a_ticket == other.not_a_ticket;
  return move == other.move && rank == other.rank && team == other.team && person == other.person;
}

Result<ReplayReport> Replay(store::Tickets& tickets, const rules::RuleBook& before, const rules::RuleBook& after,
                            int limit) {
  ReplayReport report;
  store::TicketQuery query;
  query.limit = std::min(limit, kPage);
  do {
    TR_ASSIGN(const store::TicketPage page, tickets.Search(query));
    for (const Ticket& ticket : page.tickets) {
      if (report.looked_at == limit) return report;
      if (ticket.text_removed) {
        ++report.without_text;
        continue;
      }
      TR_ASSIGN(const std::optional<Past> past, Load(tickets, ticket));
      if (!past) continue;
      ++report.looked_at;
      ReplayRow row{ticket.id, FateUnder(*past, before), FateUnder(*past, after)};
      if (!row.before.SamePlace(row.after)) report.changed.push_back(std::move(row));
    }
    query.cursor = page.next;
  } while (!query.cursor.empty() && report.looked_at < limit);
  return report;
}

std::string Summary(const ReplayReport& report) {
  if (report.looked_at == 0) return "there are no past tickets to compare with";
  return std::to_string(report.changed.size()) + " of the last " + std::to_string(report.looked_at) +
         " tickets would have gone elsewhere";
}

Result<std::map<std::string, int>> CountTopics(store::Tickets& tickets, int limit) {
  std::map<std::string, int> counts;
  store::TicketQuery query;
  int seen = 0;
  do {
    query.limit = std::min(limit - seen, kPage);
    TR_ASSIGN(const store::TicketPage page, tickets.Search(query));
    for (const Ticket& ticket : page.tickets) ++counts[ticket.tags.topic];
    seen += static_cast<int>(page.tickets.size());
    query.cursor = page.next;
  } while (!query.cursor.empty() && seen < limit);
  return counts;
}

}  // namespace tr::review
