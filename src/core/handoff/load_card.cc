#include "handoff/load_card.h"

#include <boost/json.hpp>

#include "ticket/json.h"

namespace tr::handoff {
namespace {

// Who corrected the ticket last, or "router" where it moved it after that; empty: nobody did.
std::string LatestActor(const std::vector<store::AuditRow>& audit) {
  for (auto row = audit.rbegin(); row != audit.rend(); ++row) {
    if (row->kind == "moved" || row->kind == "corrected" || store::ParseCorrectionKind(row->kind)) return row->actor;
  }
  return "";
}

}  // namespace

std::vector<Reason> LatestReasons(const std::vector<store::AuditRow>& audit) {
  for (auto row = audit.rbegin(); row != audit.rend(); ++row) {
    const Result<boost::json::value> body = ParseJson(row->body);
    if (!body || !body->is_object() || !body->as_object().contains("decision")) continue;
    const Result<Decision> decision = DecisionFromJson(body->as_object().at("decision"));
    if (decision) return decision->reasons;
  }
  return {};
}

Result<Card> LoadCard(const Ticket& ticket, store::Tickets& tickets, store::Audit& audit, const std::string& base_url) {
  TR_ASSIGN(const std::vector<Message> messages, tickets.Messages(ticket.id));
  TR_ASSIGN(const std::vector<store::ReadingRow> readings, tickets.Readings(ticket.id));
  TR_ASSIGN(const std::vector<store::AuditRow> rows, audit.OfTicket(ticket.id));
  Card card =
      BuildCard(ticket, messages, readings.empty() ? nullptr : &readings.back().reading, LatestReasons(rows), base_url);
  card.changed_by = LatestActor(rows);
  return card;
}

}  // namespace tr::handoff
