#include "api/card_page.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "api/card_action.h"
#include "base/text.h"
#include "channels/email_card.h"
#include "channels/mail_encoding.h"

namespace tr::api {
namespace {

using channels::EscapeHtml;
using channels::OneLine;

constexpr std::size_t kMaxShown = 300;
constexpr std::size_t kMaxWords = 64 * 1024;

std::string Shown(std::string_view words) { return EscapeHtml(OneLine(words, kMaxShown)); }

net::HttpResponse Page(int status, std::string_view title, const std::string& body) {
  net::HttpResponse response = net::MakeResponse(
      status, "text/html; charset=utf-8",
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\"><title>" +
          Shown(title) + "</title><link rel=\"stylesheet\" href=\"/page.css\"></head>\n<body class=\"form\"><h1>" +
          Shown(title) + "</h1>\n" + body + "</body></html>\n");
  response.headers.Set("Content-Security-Policy",
                       "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
                       "frame-ancestors 'none'");
  return response;
}

std::string Where(const Ticket& ticket) {
  const std::string place = ticket.team + (ticket.person.empty() ? "" : ", for " + ticket.person);
  switch (ticket.state) {
    case State::kTaken: return place + ", taken by " + ticket.taken_by;
    case State::kReceived:
    case State::kRead:
    case State::kLanded: return place;
    case State::kDone:
    case State::kMerged:
    case State::kSplit:
    case State::kSetAside:
    case State::kSuspect: break;
  }
  std::string state(Name(ticket.state));
  std::replace(state.begin(), state.end(), '_', ' ');
  return place.empty() ? state : place + ", " + state;
}

std::string Facts(const Ticket& ticket) {
  const std::string& name = ticket.customer.name.empty() ? ticket.customer.address : ticket.customer.name;
  return "<dl><dt>Ticket</dt><dd>" + Shown(ticket.subject.empty() ? "(no subject)" : ticket.subject) +
         "</dd><dt>Customer</dt><dd>" + Shown(name) + "</dd><dt>Topic</dt><dd>" + Shown(ticket.tags.topic) +
         "</dd><dt>Urgency</dt><dd>" + Shown(Name(ticket.tags.urgency)) + "</dd><dt>Now in</dt><dd>" +
         Shown(Where(ticket)) + "</dd></dl>\n";
}

std::string Option(const std::string& value, const std::string& label, bool chosen = false) {
  return "<option value=\"" + EscapeHtml(value) + "\"" + (chosen ? " selected" : "") + ">" + EscapeHtml(label) +
         "</option>";
}

std::string Places(const rules::RuleBook& book) {
  std::string html = "<label>Where to <select name=\"to\" required><option value=\"\">choose …</option>";
  html += "<optgroup label=\"A topic\">";
  for (const rules::Topic& topic : book.topics)
    html += Option("topic:" + topic.name, topic.name + " → " + topic.place.team);
  html += "</optgroup><optgroup label=\"A team\">";
  for (const rules::Team& team : book.teams) html += Option("team:" + team.name, team.name);
  html += "</optgroup><optgroup label=\"A person\">";
  std::set<std::string> people;
  for (const rules::Team& team : book.teams) people.insert(team.members.begin(), team.members.end());
  for (const std::string& person : people) html += Option("person:" + person, person);
  return html + "</optgroup></select></label>\n";
}

std::string Urgencies(Urgency now) {
  std::string html = "<label>Urgency <select name=\"urgency\" required>";
  for (const Urgency level : {Urgency::kHigh, Urgency::kMedium, Urgency::kLow}) {
    html += Option(std::string(Name(level)), std::string(Name(level)),
                   level == (now == Urgency::kHigh ? Urgency::kMedium : Urgency::kHigh));
  }
  return html + "</select></label>\n<label>Why (for the record) <input name=\"reason\" maxlength=\"200\"></label>\n";
}

std::string TopicChoice(const rules::RuleBook& book, const std::string& name, const std::string& chosen) {
  std::string html = "<label>Topic <select name=\"" + name + "\"><option value=\"\">choose …</option>";
  for (const rules::Topic& topic : book.topics) {
    html += Option(topic.name, topic.name + " → " + topic.place.team, topic.name == chosen);
  }
  return html + "</select></label>\n";
}

std::string Parts(const ConfirmPage& page) {
  std::string html =
      "<p>Each part becomes a ticket of its own. What you give to no part stays with the first; leave out the parts "
      "that you do not need.</p>\n";
  for (int n = 1; n <= kSplitParts; ++n) {
    const std::string number = std::to_string(n);
    html += "<h2>Part " + number + "</h2>\n" +
            TopicChoice(page.book, "topic" + number, n == 1 ? page.ticket.tags.topic : "") +
            "<label>Its words <textarea name=\"text" + number + "\" rows=\"" + (n == 1 ? "12" : "4") + "\">\n" +
            (n == 1 ? EscapeHtml(CutText(page.words, kMaxWords)) : "") + "</textarea></label>\n";
  }
  return html;
}

std::string Asked(const ConfirmPage& page) {
  if (page.link.action == "bump") return Urgencies(page.ticket.tags.urgency);
  if (page.link.action == "split") return Parts(page);
  if (page.link.action == "reassign" && page.link.topic.empty()) return Places(page.book);
  return "";
}

std::string Button(const ConfirmPage& page) {
  const channels::CardLink& link = page.link;
  if (link.action == "reassign" && !link.topic.empty()) {
    const rules::Topic* topic = page.book.FindTopic(link.topic);
    return "It is about " + link.topic + (topic == nullptr ? "" : ": move it to " + topic->place.team);
  }
  if (link.action == "reassign") return "Move it";
  if (link.action == "bump") return "Set the urgency";
  if (link.action == "split") return "Split it";
  if (link.action == "take") return "Take it";
  if (link.action == "done") return "It is done";
  if (link.action == "release") return "Give it back";
  if (link.action == "undo") return "Undo the last correction";
  return "Restore it";
}

// A shared inbox is many people: who takes a ticket is one of them, and whoever corrects may say who they are.
std::string Who(const ConfirmPage& page) {
  const std::vector<std::string> people = MayActAs(page.book, page.link.who);
  if (people.size() == 1 && people.front() == page.link.who) return "";
  std::string html = "<label>You are <select name=\"person\" required>";
  html += page.link.action == "take" ? "<option value=\"\">choose …</option>"
                                     : Option(page.link.who, "somebody at " + page.link.who, true);
  for (const std::string& person : people) html += Option(person, person);
  return html + "</select></label>\n";
}

}  // namespace

std::vector<std::string> MayActAs(const rules::RuleBook& book, const std::string& who) {
  if (!book.RoleOf(who).empty()) return {who};
  std::set<std::string> people;
  for (const rules::Team& team : book.teams) {
    if (who.empty() || !EqualsIgnoreCaseAscii(team.inbox, who)) continue;
    people.insert(team.members.begin(), team.members.end());
    for (const std::string& one : {team.lead, team.manager}) {
      if (!one.empty()) people.insert(one);
    }
  }
  return {people.begin(), people.end()};
}

net::HttpResponse AskPage(const ConfirmPage& page, int status) {
  std::string trouble = page.trouble;
  if (trouble.empty() && page.link.version != page.ticket.version) {
    trouble = "The ticket has changed since the card was sent. This is how it stands now.";
  }
  std::string body = trouble.empty() ? "" : "<p role=\"alert\"><b>" + Shown(trouble) + "</b></p>\n";
  body += Facts(page.ticket) + "<form method=\"post\" action=\"/c/" + EscapeHtml(page.token) + "\">\n" + Asked(page) +
          Who(page) + "<input type=\"hidden\" name=\"version\" value=\"" + std::to_string(page.ticket.version) +
          "\">\n<button>" + Shown(Button(page)) + "</button></form>\n<p>Nothing has happened yet.</p>\n";
  return Page(status, "Are you sure?", body);
}

net::HttpResponse WhyPage(const handoff::Card& card, const Ticket& ticket, const std::string& console) {
  std::string body = Facts(ticket) + "<h2>What fitted</h2>\n<ul>";
  for (const std::string& line : channels::ReasonLines(card)) body += "<li>" + Shown(line) + "</li>";
  if (card.reasons.empty()) body += "<li>nothing: no rule and no topic</li>";
  body += "</ul>\n";
  if (!card.evidence.empty()) body += "<h2>The words that it went by</h2>\n<ul>";
  for (const std::string& words : card.evidence) body += "<li>“" + Shown(words) + "”</li>";
  if (!card.evidence.empty()) body += "</ul>\n";
  if (card.confidence > 0) {
    body += "<p>A reading like this is right in " + std::to_string(std::lround(card.confidence * 100)) +
            " of 100 cases.</p>\n";
  }
  return Page(200, "Why it is here",
              body + "<p><a href=\"" + EscapeHtml(console) + "\">The whole receipt, in the console</a></p>\n");
}

net::HttpResponse TellPage(int status, std::string_view title, std::string_view text, const Ticket* ticket,
                           const std::string& console) {
  std::string body = "<p>" + Shown(text) + "</p>\n";
  if (ticket != nullptr) body += Facts(*ticket);
  if (!console.empty()) body += "<p><a href=\"" + EscapeHtml(console) + "\">Open it in the console</a></p>\n";
  return Page(status, title, body);
}

}  // namespace tr::api
