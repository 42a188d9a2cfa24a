#include "api/explain.h"

#include <boost/json.hpp>

#include "api/context.h"
#include "base/text.h"
#include "handoff/gates.h"
#include "handoff/plan.h"
#include "intake/mail_lane.h"
#include "route/decide.h"
#include "route/explain_text.h"
#include "rules/match.h"
#include "ticket/json.h"
#include "ticket/steps.h"

namespace tr::api {
namespace {

namespace json = boost::json;

constexpr int kMaxRecent = 20;

Ticket TicketOf(const intake::Arrival& arrival, Time at) {
  Ticket ticket;
  ticket.id = "explain";
  ticket.lane = arrival.lane;
  ticket.customer = arrival.customer;
  ticket.subject = arrival.subject;
  ticket.received_at = at;
  ticket.messages = 1;
  ticket.automated = arrival.automated;
  return ticket;
}

Message MessageOf(const intake::Arrival& arrival, Time at) {
  Message message;
  message.ticket = "explain";
  message.from = arrival.from;
  message.at = at;
  message.text = arrival.text;
  message.new_text = arrival.new_text;
  message.attachments = arrival.attachments;
  message.message_id = arrival.message_id;
  return message;
}

route::Question Ask(const intake::Arrival& arrival, const Reading* reading) {
  route::Question question;
  question.lane = arrival.lane;
  question.from = arrival.customer.address;
  question.verification = arrival.customer.verification;
  question.subject = arrival.subject;
  question.new_text = arrival.new_text;
  question.reading = reading;
  question.automated = arrival.automated;
  return question;
}

// Why it would be set aside; empty when it would not.
std::string WhyNoTicket(const intake::Arrival& arrival, const rules::RuleBook& book) {
  if (!arrival.suspect_why.empty()) return arrival.suspect_why;
  if (arrival.machine != Machine::kNone) return std::string(Name(arrival.machine));
  const rules::SearchText text(arrival.subject, arrival.new_text);
  rules::Facts facts;
  facts.lane = arrival.lane;
  facts.from = arrival.customer.address;
  facts.sender_failed = arrival.customer.verification == Verification::kFailed;
  facts.text = &text;
  const rules::NotTicket* entry = rules::FindNotTicket(book, facts);
  return entry == nullptr ? "" : "rules.md line " + std::to_string(entry->bullet.line) + ": " + entry->bullet.text;
}

Result<std::vector<handoff::Recent>> FindRecent(const ExplainPorts& ports, const intake::Arrival& arrival, Time at) {
  std::vector<handoff::Recent> recent;
  if (ports.lookups == nullptr || arrival.customer.address.empty()) return recent;
  TR_ASSIGN(std::vector<Ticket> tickets,
            ports.lookups->OfCustomer(arrival.customer.address, at - ports.settings.duplicate_window, kMaxRecent));
  for (Ticket& ticket : tickets) {
    if (!IsQueued(ticket.state)) continue;
    TR_ASSIGN(const std::vector<Message> messages, ports.tickets->Messages(ticket.id));
    handoff::Recent one;
    one.ticket = std::move(ticket);
    if (!messages.empty()) one.new_text = messages.front().new_text;
    for (const Message& message : messages) one.message_ids.push_back(message.message_id);
    recent.push_back(std::move(one));
  }
  return recent;
}

json::object Handoff(const handoff::TeamGate& team, const Decision& decision) {
  json::array pings;
  for (const Ping& ping : decision.pings) pings.push_back(ToJson(ping));
  return {{"channel", team.channel}, {"rank", Name(decision.rank)}, {"ping", std::move(pings)}};
}

}  // namespace

Result<json::object> Explain(const ExplainPorts& ports, const intake::Arrival& arrival, const rules::RuleBook& book,
                             Time at) {
  json::object explained;
  const std::string why = WhyNoTicket(arrival, book);
  if (!why.empty()) {
    explained["not_a_ticket"] = why;
    return explained;
  }
  const Call call{ports.deadline, "explain"};
  const read::Text text{arrival.lane, arrival.subject, arrival.new_text};
  Result<Reading> read = ports.reader.Read(text, book, call);
  if (!read && ports.fallback != nullptr) read = ports.fallback->Read(text, book, call);
  const Reading* reading = read ? &*read : nullptr;
  const Decision decision = route::Decide(Ask(arrival, reading), book, at);
  json::array ranking;
  if (reading != nullptr) {
    for (const TopicScore& score : reading->ranking)
      ranking.push_back({{"topic", score.topic}, {"confidence", score.confidence}});
  }
  const Ticket ticket = TicketOf(arrival, at);
  const std::vector<Message> messages = {MessageOf(arrival, at)};
  TR_ASSIGN(const std::vector<handoff::Recent> recent, FindRecent(ports, arrival, at));
  const handoff::TeamGate team = handoff::PassTeam(decision, book, ports.settings.channels);
  json::array gates;
  for (const handoff::GateResult& gate :
       {team.result, handoff::PassPosition(ticket, team.team, decision).result,
        handoff::PassDuplicate(ticket, messages, decision.tags, recent, ports.settings.duplicate_window, at).result,
        handoff::PassContext(ticket, messages, reading, decision, ports.settings.base_url).result}) {
    gates.push_back({{"gate", gate.gate}, {"detail", gate.detail}});
  }
  explained["reading"] = reading != nullptr ? json::value(ToJson(*reading)) : json::value(nullptr);
  explained["ranking"] = std::move(ranking);
  explained["decision"] = ToJson(decision);
  explained["handoff"] = Handoff(team, decision);
  explained["gates"] = std::move(gates);
  explained["summary"] = route::ExplainLine(decision, book, at);
  return explained;
}

Result<intake::Arrival> ReadTicketJson(const json::object& object) {
  intake::Arrival arrival;
  TR_ASSIGN(const std::string lane, TextMember(object, "lane"));
  if (!lane.empty() && !ParseLane(lane)) return Invalid("member lane is mail, form or chat");
  arrival.lane = ParseLane(lane).value_or(Lane::kForm);
  if (const json::value* from = object.if_contains("from"); from != nullptr && from->is_object()) {
    TR_ASSIGN(arrival.from.name, TextMember(from->as_object(), "name"));
    TR_ASSIGN(const std::string address, TextMember(from->as_object(), "address"));
    arrival.from.address = ToLowerAscii(Trim(address));
  }
  arrival.customer = {arrival.from.name, arrival.from.address, Verification::kUnverified};
  TR_ASSIGN(arrival.subject, TextMember(object, "subject"));
  TR_ASSIGN(arrival.text, TextMember(object, "text"));
  arrival.new_text = arrival.text;
  return arrival;
}

Result<json::object> ExplainBody(wiring::App& app, const json::object& body) {
  const rules::RuleBookPtr book = app.rules().book();
  if (book == nullptr) return Transient("there is no rule book in force yet");
  TR_ASSIGN(const std::string moment, TextMember(body, "at"));
  Time at = app.ports().clock.Now();
  if (!moment.empty()) {
    TR_ASSIGN(at, ParseTime(moment));
  }
  TR_ASSIGN(std::string mail, TextMember(body, "mail"));
  intake::Arrival arrival;
  if (!mail.empty()) {
    TR_ASSIGN(arrival, intake::ReadMail(std::move(mail), app.mail_settings(), book.get()));
  } else {
    const json::value* ticket = body.if_contains("ticket");
    if (ticket == nullptr || !ticket->is_object()) return Invalid("send {\"ticket\":{…}} or {\"mail\":\"…\"}");
    TR_ASSIGN(arrival, ReadTicketJson(ticket->as_object()));
  }
  const ExplainPorts ports{app.reader(),
                           &app.ports().lookups,
                           &app.ports().tickets,
                           app.handoff_settings(),
                           app.ports().clock.Now() + std::chrono::seconds(20),
                           &app.fallback_reader()};
  return Explain(ports, arrival, *book, at);
}

}  // namespace tr::api
