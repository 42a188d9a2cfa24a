#include "review/digest.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>

#include "ticket/json.h"

namespace tr::review {
namespace {

constexpr int kPage = 200;

std::string DecidedBy(const Decision& decision) {
  for (const Reason& reason : decision.reasons) {
    if (!reason.decided) continue;
    return reason.line > 0 ? reason.rule + " line " + std::to_string(reason.line) + ": " + reason.text : reason.text;
  }
  return "no rule";
}

// The first decision that landed the ticket; nothing when it never landed.
Result<std::optional<Decision>> LandingDecision(const std::vector<store::AuditRow>& rows) {
  for (const store::AuditRow& row : rows) {
    if (row.kind != "landed") continue;
    TR_ASSIGN(const boost::json::value body, ParseJson(row.body));
    const boost::json::value* decision = body.is_object() ? body.as_object().if_contains("decision") : nullptr;
    if (decision == nullptr) continue;
    TR_ASSIGN(Decision landed, DecisionFromJson(*decision));
    return std::optional<Decision>(std::move(landed));
  }
  return std::optional<Decision>{};
}

Result<void> Count(Digest& digest, const DigestPorts& ports, const Ticket& ticket) {
  ++digest.tickets;
  if (ticket.dead_lettered) ++digest.undelivered;
  if (ticket.state == State::kSetAside || ticket.state == State::kSuspect) ++digest.set_aside;
  if (ticket.state == State::kMerged) ++digest.merged;
  TR_ASSIGN(const std::vector<store::ReadingRow> readings, ports.tickets.Readings(ticket.id));
  for (const store::ReadingRow& row : readings) digest.cost_micros += row.reading.cost_micros;
  TR_ASSIGN(const std::vector<store::AuditRow> rows, ports.audit.OfTicket(ticket.id));
  if (std::ranges::any_of(rows, [](const store::AuditRow& row) { return row.kind == "untaken"; })) {
    ++digest.called[ticket.team];
  }
  TR_ASSIGN(const std::optional<Decision> decision, LandingDecision(rows));
  if (!decision) return Ok();
  ++digest.by_team[decision->team];
  if (decision->rank != Rank::kNormal) {
    ++digest.jumped;
    ++digest.jumped_by[DecidedBy(*decision)];
  }
  if (decision->move == Move::kHold) {
    ++digest.held_count;
    if (digest.held.size() < kMaxHeld) digest.held.push_back({ticket.id, ticket.received_at, DecidedBy(*decision)});
  }
  return Ok();
}

Result<void> CountTickets(Digest& digest, const DigestPorts& ports) {
  store::TicketQuery query;
  query.limit = kPage;
  while (true) {  // newest first: ends with the first one from before the week
    TR_ASSIGN(const store::TicketPage page, ports.tickets.Search(query));
    for (const Ticket& ticket : page.tickets) {
      if (ticket.received_at < digest.from) return Ok();
      if (ticket.received_at < digest.to) TR_TRY(Count(digest, ports, ticket));
    }
    if (page.next.empty()) return Ok();
    query.cursor = page.next;
  }
}

// What a human took back was no misroute.
Result<void> CountMisroutes(Digest& digest, store::Corrections& corrections) {
  std::map<std::string, std::string> misroutes;  // by the correction's id
  std::string cursor;
  while (true) {
    TR_ASSIGN(const store::Corrections::Page page, corrections.Since(cursor, kPage));
    for (const store::Correction& row : page.rows) {
      if (row.kind == store::CorrectionKind::kUndo) misroutes.erase(row.undoes);
      const bool in_week = row.at >= digest.from && row.at < digest.to;
      const bool other_topic = !row.to_topic.empty() && row.from_topic != row.to_topic;
      if (!in_week || row.kind != store::CorrectionKind::kReassign || !other_topic) continue;
      misroutes[row.id] = row.from_topic + " → " + row.to_topic;
    }
    if (page.cursor == cursor) break;
    cursor = page.cursor;
  }
  for (const auto& [id, misroute] : misroutes) ++digest.misroutes[misroute];
  return Ok();
}

// "1.23" of millionths; to the fourth place where it is less than one.
std::string FormatMoney(std::int64_t micros) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", micros < 1'000'000 ? 4 : 2, static_cast<double>(micros) / 1e6);
  return text;
}

void AppendCounts(std::string& text, const std::string& heading, const std::map<std::string, int>& counts) {
  if (counts.empty()) return;
  text += "\n" + heading + "\n";
  for (const auto& [what, count] : counts) text += "  " + std::to_string(count) + "  " + what + "\n";
}

}  // namespace

Result<Digest> MakeDigest(const DigestPorts& ports, Time from, Time to) {
  Digest digest;
  digest.from = from;
  digest.to = to;
  TR_TRY(CountTickets(digest, ports));
  TR_TRY(CountMisroutes(digest, ports.corrections));
  std::reverse(digest.held.begin(), digest.held.end());
  return digest;
}

std::string Format(const Digest& digest) {
  const int landed = digest.tickets - digest.set_aside - digest.merged;
  const int share = landed > 0 ? 100 * digest.jumped / landed : 0;
  std::string text = "Tickets from " + FormatTime(digest.from) + " to " + FormatTime(digest.to) + "\n\n";
  text += std::to_string(digest.tickets) + " received, " + std::to_string(digest.held_count) + " held for a human, " +
          std::to_string(digest.set_aside) + " set aside, " + std::to_string(digest.merged) +
          " joined another ticket.\n";
  text += std::to_string(digest.jumped) + " jumped the queue (" + std::to_string(share) + " % of those that landed).\n";
  if (digest.cost_micros > 0) text += "Reading them cost " + FormatMoney(digest.cost_micros) + ".\n";
  if (digest.undelivered > 0)
    text += std::to_string(digest.undelivered) + " could not be worked: see ticket-router redrive.\n";
  AppendCounts(text, "Landed with", digest.by_team);
  AppendCounts(text, "Jumped the queue by", digest.jumped_by);
  AppendCounts(text, "Corrected by hand (read as → was)", digest.misroutes);
  AppendCounts(text, "Nobody took it in time", digest.called);
  if (!digest.untaken.empty()) text += "\nUntaken still\n";
  for (const UntakenTicket& late : digest.untaken) {
    text += "  " + late.ticket + "  " + late.team + "  late since " + FormatTime(late.late_since) + "\n";
  }
  if (!digest.held.empty()) text += "\nHeld for a human\n";
  for (const HeldTicket& held : digest.held) {
    text += "  " + held.ticket + "  " + FormatTime(held.received_at) + "  " + held.because + "\n";
  }
  return text;
}

}  // namespace tr::review
