#include "api/views.h"

#include "handoff/card.h"
#include "ticket/json.h"

namespace tr::api {
namespace {

namespace json = boost::json;

json::value TimeOrNull(const std::optional<Time>& time) {
  return time ? json::value(FormatTime(*time)) : json::value(nullptr);
}

json::value Parsed(const std::string& text) {
  Result<json::value> value = ParseJson(text);
  return value ? *std::move(value) : json::value(nullptr);
}

json::object MessageView(const Message& message) {
  json::array attachments;
  for (const Attachment& attachment : message.attachments) attachments.push_back(ToJson(attachment));
  return {{"n", message.n},
          {"author", Name(message.author)},
          {"from", ToJson(message.from)},
          {"at", FormatTime(message.at)},
          {"text", message.text},
          {"new_text", message.new_text},
          {"attachments", std::move(attachments)},
          {"state", Name(message.state)},
          {"auto", Name(message.machine)}};
}

json::object AuditView(const store::AuditRow& row) {
  return {{"at", FormatTime(row.at)},
          {"actor", row.actor},
          {"kind", row.kind},
          {"version", row.version},
          {"body", Parsed(row.body)}};
}

// Readings, decisions and gates, deliveries, timers (what is not said but looked at again), corrections, and the audit
// without what stands in the others already.
Result<json::object> Receipt(wiring::Ports& ports, const std::string& id) {
  TR_ASSIGN(const std::vector<store::ReadingRow> readings, ports.tickets.Readings(id));
  TR_ASSIGN(const std::vector<store::AuditRow> audit, ports.audit.OfTicket(id));
  TR_ASSIGN(const std::vector<store::Delivery> deliveries, ports.deliveries.OfTicket(id));
  TR_ASSIGN(const std::vector<store::Correction> corrections, ports.corrections.OfTicket(id));
  json::object receipt{{"readings", json::array()},   {"decisions", json::array()},   {"gates", json::array()},
                       {"deliveries", json::array()}, {"corrections", json::array()}, {"audit", json::array()},
                       {"timers", json::array()}};
  for (const store::ReadingRow& row : readings) {
    json::object reading = ToJson(row.reading);
    reading["message"] = row.message;
    reading["at"] = FormatTime(row.at);
    receipt["readings"].as_array().push_back(std::move(reading));
  }
  for (const store::AuditRow& row : audit) {
    json::value body = Parsed(row.body);
    if (body.is_object() && body.as_object().contains("decision")) {
      json::object decision =
          body.as_object()["decision"].is_object() ? body.as_object()["decision"].as_object() : json::object();
      decision["at"] = FormatTime(row.at);
      decision["kind"] = row.kind;
      receipt["decisions"].as_array().push_back(std::move(decision));
      receipt["gates"] = body.as_object()["gates"];
    }
    receipt["audit"].as_array().push_back(AuditView(row));
  }
  for (const store::Delivery& row : deliveries) {
    const bool timer = row.kind == store::DeliveryKind::kTimer;
    receipt[timer ? "timers" : "deliveries"].as_array().push_back(View(row));
  }
  for (const store::Correction& row : corrections) receipt["corrections"].as_array().push_back(View(row));
  return receipt;
}

}  // namespace

json::object Summary(const Ticket& ticket) {
  return {{"id", ticket.id},
          {"version", ticket.version},
          {"lane", Name(ticket.lane)},
          {"state", Name(ticket.state)},
          {"move", Name(ticket.move)},
          {"rank", Name(ticket.rank)},
          {"team", ticket.team},
          {"person", ticket.person},
          {"customer", ToJson(ticket.customer)},
          {"subject", ticket.subject},
          {"tags", ToJson(ticket.tags)},
          {"received_at", FormatTime(ticket.received_at)},
          {"landed_at", TimeOrNull(ticket.landed_at)},
          {"waiting_since", TimeOrNull(ticket.waiting_since)},
          {"taken_by", ticket.taken_by}};
}

json::object PageView(const store::TicketPage& page) {
  json::array tickets;
  for (const Ticket& ticket : page.tickets) tickets.push_back(Summary(ticket));
  return {{"tickets", std::move(tickets)}, {"next", page.next.empty() ? json::value(nullptr) : json::value(page.next)}};
}

json::object View(const handoff::Untaken& untaken) {
  json::object view = Summary(untaken.ticket);
  view["late_since"] = FormatTime(untaken.late_since);
  view["calls"] = untaken.calls;
  return view;
}

Result<json::object> WholeTicket(wiring::Ports& ports, const store::TicketWithMessages& found) {
  const Ticket& ticket = found.ticket;
  json::object whole = Summary(ticket);
  json::array links;
  for (const Link& link : ticket.links) links.push_back(ToJson(link));
  whole["links"] = std::move(links);
  whole["set_aside_why"] = ticket.set_aside_why;
  whole["dead_lettered"] = ticket.dead_lettered;
  json::array views;
  for (const Message& message : found.messages) views.push_back(MessageView(message));
  whole["messages"] = std::move(views);
  TR_ASSIGN(json::object receipt, Receipt(ports, ticket.id));
  // What is not said but looked at again stands beside the receipt.
  whole["timers"] = std::move(receipt["timers"]);
  receipt.erase("timers");
  whole["receipt"] = std::move(receipt);
  json::array actions;
  for (const std::string& action : handoff::AvailableActions(ticket)) actions.push_back(json::value(action));
  whole["available_actions"] = std::move(actions);
  return whole;
}

json::object View(const store::Correction& row) {
  json::array made;
  for (const std::string& id : row.made) made.push_back(json::value(id));
  return {{"id", row.id},
          {"kind", Name(row.kind)},
          {"ticket", row.ticket},
          {"by", row.by},
          {"at", FormatTime(row.at)},
          {"undoes", row.undoes},
          {"from_topic", row.from_topic},
          {"to_topic", row.to_topic},
          {"from_team", row.from_team},
          {"to_team", row.to_team},
          {"reason", row.reason},
          {"made", std::move(made)}};
}

json::object View(const store::Delivery& row) {
  return {{"id", row.id},
          {"kind", Name(row.kind)},
          {"state", Name(row.state)},
          {"channel", row.channel},
          {"person", row.person},
          {"role", row.role},
          {"due_at", FormatTime(row.due_at)},
          {"attempts", row.attempts},
          {"ref", row.ref},
          {"trouble", row.trouble},
          {"changed_at", FormatTime(row.changed_at)}};
}

json::object View(const rules::Problem& problem) {
  constexpr std::string_view kNames[] = {"error", "warning", "note"};
  return {{"severity", kNames[static_cast<std::size_t>(problem.severity)]},
          {"file", problem.file},
          {"line", problem.line},
          {"column", problem.column},
          {"text", problem.text},
          {"message", rules::Format(problem)}};
}

}  // namespace tr::api
