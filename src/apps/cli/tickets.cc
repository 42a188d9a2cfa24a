// `queue` and `ticket`: seeing.

#include <sysexits.h>

#include <boost/json.hpp>
#include <memory>
#include <ostream>

#include "cli/client.h"
#include "cli/commands.h"
#include "net/http_encoding.h"

namespace tr::cli {
namespace {

namespace json = boost::json;

std::string Text(const json::value& object, std::string_view name) {
  const json::value* value = object.is_object() ? object.as_object().if_contains(name) : nullptr;
  if (value == nullptr || value->is_null()) return "";
  return value->is_string() ? Printable(std::string_view(value->as_string())) : json::serialize(*value);
}

// One line, at most `width` bytes of it.
std::string OneLine(std::string text, std::size_t width) {
  for (char& c : text) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return text.size() <= width ? text : text.substr(0, width);
}

void PrintTeams(const json::value& teams, Terminal& terminal) {
  for (const json::value& team : teams.at("teams").as_array()) {
    terminal.out << Text(team, "team") << ": " << Text(team, "total") << " (" << Text(team, "escalate")
                 << " escalated, " << Text(team, "priority") << " priority)\n";
  }
}

void PrintQueue(const json::value& page, Terminal& terminal) {
  for (const json::value& ticket : page.at("tickets").as_array()) {
    const json::value& customer = ticket.at("customer");
    terminal.out << Text(ticket, "id") << "  " << Text(ticket, "rank") << "  " << Text(ticket, "state") << "  "
                 << Text(ticket.at("tags"), "topic") << "  " << OneLine(Text(customer, "address"), 40) << "  "
                 << OneLine(Text(ticket, "subject"), 80) << "\n";
  }
  if (!page.at("next").is_null()) terminal.out << "more: --cursor " << Text(page, "next") << "\n";
}

// How far a ticket that nobody took was called out.
std::string CalledOut(const json::value& calls) {
  const std::int64_t so_far = calls.is_int64() ? calls.as_int64() : 0;
  return so_far >= 3 ? "triage" : so_far == 2 ? "the manager" : "the lead";
}

void PrintUntaken(const json::value& page, Terminal& terminal) {
  for (const json::value& ticket : page.at("tickets").as_array()) {
    terminal.out << Text(ticket, "id") << "  " << Text(ticket, "team") << "  " << Text(ticket, "rank")
                 << "  late since " << Text(ticket, "late_since") << ", " << CalledOut(ticket.at("calls"))
                 << " was called  " << OneLine(Text(ticket, "subject"), 80) << "\n";
  }
}

void PrintReasons(const json::value& ticket, Terminal& terminal) {
  const json::array& decisions = ticket.at("receipt").at("decisions").as_array();
  if (decisions.empty()) return;
  for (const json::value& reason : decisions.back().at("reasons").as_array()) {
    const std::string line = Text(reason, "line");
    terminal.out << "  " << (reason.at("decided").as_bool() ? "* " : "  ") << Text(reason, "rule")
                 << (line == "0" ? "" : " line " + line) << ": " << Text(reason, "text") << "\n";
  }
}

void PrintTicket(const json::value& ticket, Terminal& terminal) {
  const json::value& tags = ticket.at("tags");
  terminal.out << Text(ticket, "subject") << "\n"
               << "  id       " << Text(ticket, "id") << " (version " << Text(ticket, "version") << ")\n"
               << "  customer " << Text(ticket.at("customer"), "name") << " <" << Text(ticket.at("customer"), "address")
               << ">, " << Text(ticket.at("customer"), "verified") << "\n"
               << "  state    " << Text(ticket, "state") << ", " << Text(ticket, "move") << ", rank "
               << Text(ticket, "rank") << "\n"
               << "  where    " << Text(ticket, "team") << " " << Text(ticket, "person") << "\n"
               << "  tags     " << Text(tags, "topic") << ", " << Text(tags, "urgency") << ", " << Text(tags, "tone")
               << ", " << Text(tags, "signals") << "\n";
  const std::string why = Text(ticket, "set_aside_why");
  if (!why.empty()) terminal.out << "  set aside: " << why << "\n";
  terminal.out << "why (* decided)\n";
  PrintReasons(ticket, terminal);
  for (const json::value& message : ticket.at("messages").as_array()) {
    terminal.out << "message " << Text(message, "n") << ", " << Text(message, "author") << ", " << Text(message, "at")
                 << "\n"
                 << Text(message, "text") << "\n";
  }
  for (const json::value& delivery : ticket.at("receipt").at("deliveries").as_array()) {
    terminal.out << "delivery " << Text(delivery, "kind") << " to " << Text(delivery, "channel") << ": "
                 << Text(delivery, "state") << ", attempts " << Text(delivery, "attempts") << "\n";
  }
  terminal.out << "can be: " << Text(ticket, "available_actions") << "\n";
}

struct Seen {
  Common common;
  std::string name;
  std::string cursor;
  std::string state;
  std::string move;
  std::string text;
  bool untaken = false;
};

int Show(const Seen& seen, const std::string& target, void (*print)(const json::value&, Terminal&),
         Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(seen.common, terminal.environment);
  if (!config) return Complain(terminal, config.fault());
  const Result<std::unique_ptr<Client>> client = Client::Connect(*config);
  if (!client) return Complain(terminal, client.fault());
  const Result<json::value> answer = (*client)->Get(target);
  if (!answer) return Complain(terminal, answer.fault());
  if (seen.common.json) {
    terminal.out << json::serialize(*answer) << "\n";
  } else {
    print(*answer, terminal);
  }
  return EX_OK;
}

int Queue(const Seen& seen, Terminal& terminal) {
  if (seen.untaken) return Show(seen, "/api/v1/untaken", PrintUntaken, terminal);
  if (seen.name.empty()) return Show(seen, "/api/v1/teams", PrintTeams, terminal);
  return Show(seen,
              "/api/v1/teams/" + net::PercentEncode(seen.name) + "/queue?cursor=" + net::PercentEncode(seen.cursor),
              PrintQueue, terminal);
}

int Tickets(const Seen& seen, Terminal& terminal) {
  if (!seen.name.empty()) return Show(seen, "/api/v1/tickets/" + net::PercentEncode(seen.name), PrintTicket, terminal);
  const std::string target = "/api/v1/tickets?state=" + net::PercentEncode(seen.state) +
                             "&move=" + net::PercentEncode(seen.move) + "&q=" + net::PercentEncode(seen.text) +
                             "&cursor=" + net::PercentEncode(seen.cursor);
  return Show(seen, target, PrintQueue, terminal);
}

}  // namespace

void AddTickets(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  auto seen = std::make_shared<Seen>();
  CLI::App* queue = app.add_subcommand(
      "queue",
      "The teams with their counts, or one team's queue in its order.\nExample: ticket-router queue Billing\n"
      "Example: ticket-router queue --untaken");
  AddData(*queue, seen->common);
  queue->add_option("team", seen->name, "a team of the sheet");
  queue->add_option("--cursor", seen->cursor, "where the page before ended");
  queue->add_flag("--untaken", seen->untaken, "what nobody took in its time, of all teams, the latest first");
  queue->add_flag("--json", seen->common.json, "for programs");
  queue->callback([=, &terminal, &chosen] { chosen = [=, &terminal] { return Queue(*seen, terminal); }; });
  CLI::App* ticket = app.add_subcommand(
      "ticket",
      "One ticket with its receipt; without an id the newest tickets.\n"
      "Example: ticket-router ticket 01J8Z3K5Q2V7W9X1Y3Z5A7B9C1\nExample: ticket-router ticket --state set_aside");
  AddData(*ticket, seen->common);
  ticket->add_option("id", seen->name, "the ticket's id");
  ticket->add_option("--state", seen->state,
                     "only these: received, read, landed, taken, done, merged, split, set_aside, suspect");
  ticket->add_option("--move", seen->move, "only these: route, priority, escalate, hold");
  ticket->add_option("--text", seen->text, "part of the subject or of the customer's address");
  ticket->add_option("--cursor", seen->cursor, "where the page before ended");
  ticket->add_flag("--json", seen->common.json, "for programs");
  ticket->callback([=, &terminal, &chosen] { chosen = [=, &terminal] { return Tickets(*seen, terminal); }; });
}

}  // namespace tr::cli
