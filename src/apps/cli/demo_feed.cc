#include "cli/demo_feed.h"

#include <boost/json.hpp>

#include "route/explain_text.h"
#include "ticket/json.h"
#include "ticket/steps.h"

namespace tr::cli {
namespace {

constexpr int kReasonsTold = 2;
// Of a later message: that it stays where it is needs no telling.
constexpr int kReasonsOfLater = 1;

// The first of the reasons that decided.
std::string Reasons(const Decision& decision, int most) {
  std::string text;
  int told = 0;
  for (const Reason& reason : decision.reasons) {
    if (!reason.decided || told == most) continue;
    text += (told == 0 ? "" : "; ") + route::ExplainReason(reason);
    ++told;
  }
  return text;
}

std::string WhyAside(const std::string& why) {
  if (why == Name(Machine::kAutoReply)) return "an automatic reply";
  if (why == Name(Machine::kBounce)) return "a bounce";
  if (why == Name(Machine::kList)) return "a newsletter";
  if (why == Name(Machine::kOwn)) return "our own mail";
  return why;
}

std::string SurvivorOf(const Ticket& ticket) {
  for (const Link& link : ticket.links) {
    if (link.kind == "merged_into") return link.id;
  }
  return "";
}

}  // namespace

Result<Fed> Feed::Give(const Sample& sample) {
  TR_ASSIGN(intake::Arrival arrival, ArrivalOf(sample, app_.mail_settings(), app_.rules().book().get()));
  const Author author = arrival.author;
  TR_ASSIGN(const intake::Accepted accepted, app_.gate().Accept(std::move(arrival)));
  if (!accepted.joined) names_[accepted.ticket] = sample.name;
  // What is suspect is kept, and waits in no queue.
  if (accepted.state != State::kSuspect) TR_TRY(settle_(accepted.ticket, accepted.message));
  Result<Fed> fed = accepted.joined ? Joined(accepted.ticket, author) : Opened(accepted.ticket);
  if (!fed || !IsQueued(fed->ticket.state)) return fed;
  TR_ASSIGN(const store::TicketPage top, app_.ports().queues.List(fed->ticket.team, "", 1));
  fed->on_top = !top.tickets.empty() && top.tickets.front().id == fed->ticket.id;
  return fed;
}

Result<Fed> Feed::Joined(const std::string& ticket, Author author) {
  Fed fed;
  TR_ASSIGN(fed.ticket, app_.ports().tickets.Get(ticket));
  if (author != Author::kCustomer) {
    fed.outcome = "taken " + names_[ticket];
    fed.why = "the team answered: " + fed.ticket.taken_by + " has it";
    return fed;
  }
  fed.outcome = "joins " + names_[ticket] + ", " + std::string(Name(fed.ticket.move));
  TR_ASSIGN(const std::string why, WhyDecided(ticket, kReasonsOfLater));
  fed.why = "a later message on the same ticket; " + why;
  return fed;
}

Result<Fed> Feed::Opened(const std::string& ticket) {
  Fed fed;
  TR_ASSIGN(fed.ticket, app_.ports().tickets.Get(ticket));
  const State state = fed.ticket.state;
  if (state == State::kMerged) {
    const std::string survivor = SurvivorOf(fed.ticket);
    TR_ASSIGN(fed.ticket, app_.ports().tickets.Get(survivor));
    TR_TRY(settle_(survivor, fed.ticket.messages));
    TR_ASSIGN(fed.ticket, app_.ports().tickets.Get(survivor));
    fed.outcome = "joins " + names_[survivor] + ", " + std::string(Name(fed.ticket.move));
    fed.why = "the same again within a day: it joins the ticket that is there";
    return fed;
  }
  if (state == State::kSetAside || state == State::kSuspect) {
    fed.outcome = state == State::kSetAside ? "set aside" : "suspect";
    fed.why = WhyAside(fed.ticket.set_aside_why);
    return fed;
  }
  fed.outcome = std::string(Name(fed.ticket.move)) + " " + fed.ticket.team;
  TR_ASSIGN(fed.why, WhyDecided(ticket, kReasonsTold));
  return fed;
}

// The latest decision, from the audit.
Result<std::string> Feed::WhyDecided(const std::string& ticket, int reasons) {
  TR_ASSIGN(const std::vector<store::AuditRow> rows, app_.ports().audit.OfTicket(ticket));
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    const Result<boost::json::value> body = ParseJson(row->body);
    if (!body || !body->is_object() || !body->as_object().contains("decision")) continue;
    const Result<Decision> decision = DecisionFromJson(body->as_object().at("decision"));
    if (decision) return Reasons(*decision, reasons);
  }
  return std::string();
}

}  // namespace tr::cli
