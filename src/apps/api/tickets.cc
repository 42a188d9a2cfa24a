// Teams, queues, tickets, attachments: looking.

#include <boost/json.hpp>
#include <charconv>

#include "api/routes.h"
#include "api/views.h"
#include "base/ids.h"
#include "handoff/untaken.h"
#include "intake/attachment_bytes.h"
#include "net/http_encoding.h"

namespace tr::api {
namespace {

namespace json = boost::json;

constexpr std::size_t kUntakenShown = 1000;

Result<std::string> KnownTeam(const Context& context, const std::string& name) {
  const rules::RuleBookPtr book = context.app.rules().book();
  if (book == nullptr) return Transient("there is no rule book in force yet");
  if (const rules::Team* team = book->FindTeam(name)) return team->name;
  if (name == book->triage) return name;
  std::string known;
  for (const rules::Team& team : book->teams) known += (known.empty() ? "" : ", ") + team.name;
  return NotFound("no such team; teams: " + known);
}

json::object TeamView(const rules::Team& team, const std::vector<store::TeamCount>& counts) {
  json::object view{{"team", team.name}, {"lead", team.lead}, {"escalate", 0},    {"priority", 0},
                    {"normal", 0},       {"total", 0},        {"oldest", nullptr}};
  for (const store::TeamCount& count : counts) {
    if (count.team != team.name) continue;
    view["escalate"] = count.escalate;
    view["priority"] = count.priority;
    view["normal"] = count.normal;
    view["total"] = count.escalate + count.priority + count.normal;
    view["oldest"] = FormatTime(count.oldest);
  }
  return view;
}

// A quoted file name that no header or shell can misread; the real one follows as RFC 8187.
std::string Disposition(const std::string& filename) {
  std::string plain;
  for (const char c : filename) {
    const bool harmless =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    plain += harmless ? c : '_';
  }
  if (plain.empty()) plain = "attachment";
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + net::PercentEncode(filename);
}

}  // namespace

Answer GetTeams(const Context& context) {
  const rules::RuleBookPtr book = context.app.rules().book();
  if (book == nullptr) return Transient("there is no rule book in force yet");
  TR_ASSIGN(const std::vector<store::TeamCount> counts, context.app.ports().queues.Counts());
  json::array teams;
  for (const rules::Team& team : book->teams) teams.push_back(TeamView(team, counts));
  return JsonResponse(200, json::object{{"teams", std::move(teams)}});
}

Answer GetQueue(const Context& context) {
  TR_ASSIGN(const std::string team, KnownTeam(context, context.params[0]));
  TR_ASSIGN(const int limit, Limit(context.request));
  const std::string cursor(net::FindField(context.request.query, "cursor"));
  TR_ASSIGN(const store::TicketPage page, context.app.ports().queues.List(team, cursor, limit));
  return JsonResponse(200, PageView(page));
}

Answer GetTickets(const Context& context) {
  store::TicketQuery query;
  const std::string_view state = net::FindField(context.request.query, "state");
  const std::string_view move = net::FindField(context.request.query, "move");
  query.state = ParseState(state);
  query.move = ParseMove(move);
  if (!state.empty() && !query.state) {
    return Invalid("no such state; states: received, read, landed, taken, done, merged, split, set_aside, suspect");
  }
  if (!move.empty() && !query.move) return Invalid("no such move; moves: route, priority, escalate, hold");
  query.text = net::FindField(context.request.query, "q");
  query.cursor = net::FindField(context.request.query, "cursor");
  TR_ASSIGN(query.limit, Limit(context.request));
  TR_ASSIGN(const store::TicketPage page, context.app.ports().tickets.Search(query));
  return JsonResponse(200, PageView(page));
}

// What nobody took in its time, the latest first, at most kUntakenShown of them.
Answer GetUntaken(const Context& context) {
  const rules::RuleBookPtr book = context.app.rules().book();
  if (book == nullptr) return Transient("there is no rule book in force yet");
  wiring::Ports& ports = context.app.ports();
  TR_ASSIGN(const std::vector<handoff::Untaken> found, handoff::FindUntaken(ports.queues, *book, ports.clock.Now()));
  json::array tickets;
  for (const handoff::Untaken& untaken : found) {
    if (tickets.size() == kUntakenShown) break;
    tickets.push_back(View(untaken));
  }
  return JsonResponse(200, json::object{{"tickets", std::move(tickets)}, {"total", found.size()}});
}

Answer TicketAnswer(const Context& context, int status, const std::string& id) {
  TR_ASSIGN(const store::TicketWithMessages found, context.app.ports().tickets.GetWithMessages(id));
  TR_ASSIGN(const json::object whole, WholeTicket(context.app.ports(), found));
  net::HttpResponse response = JsonResponse(status, whole);
  response.headers.Set("ETag", "\"" + std::to_string(found.ticket.version) + "\"");
  return response;
}

Answer GetTicket(const Context& context) { return TicketAnswer(context, 200, context.params[0]); }

// Attachments are counted through all messages of the ticket, from 1.
Answer GetAttachment(const Context& context) {
  TR_ASSIGN(const std::vector<Message> messages, context.app.ports().tickets.Messages(context.params[0]));
  const std::string& text = context.params[1];
  std::size_t wanted = 0;
  std::from_chars(text.data(), text.data() + text.size(), wanted);
  for (const Message& message : messages) {
    if (wanted == 0) break;
    if (wanted > message.attachments.size()) {
      wanted -= message.attachments.size();
      continue;
    }
    if (message.original.empty()) break;
    TR_ASSIGN(const std::string original, context.app.ports().originals.Get(message.original));
    TR_ASSIGN(std::string bytes, intake::AttachmentBytes(original, wanted));
    net::HttpResponse response = net::MakeResponse(200, "application/octet-stream", std::move(bytes));
    response.headers.Set("Content-Disposition", Disposition(message.attachments[wanted - 1].filename));
    response.headers.Set("Content-Security-Policy", "sandbox; default-src 'none'");
    return response;
  }
  return NotFound("the ticket has no such attachment");
}

}  // namespace tr::api
