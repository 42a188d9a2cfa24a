// The signed links of e-mail cards. Mail scanners follow links, so a GET shows a page and changes nothing; its form's
// POST does what the link says, once.

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

#include "api/card_action.h"
#include "api/card_page.h"
#include "api/routes.h"
#include "base/hash.h"
#include "base/text.h"
#include "handoff/load_card.h"
#include "net/http_encoding.h"

namespace tr::api {
namespace {

std::string Console(const Context& context, const std::string& ticket) {
  const std::string& base = context.app.handoff_settings().base_url;
  return base.empty() ? "/#/tickets/" + ticket : base + "/#/tickets/" + ticket;
}

// Everything that both methods look at before they differ; or the page that says why it ends here.
struct Opened {
  channels::CardLink link;
  Ticket ticket;
  rules::RuleBookPtr book;
};

std::variant<Opened, net::HttpResponse> Refused(int status, std::string_view title, std::string_view text) {
  return TellPage(status, title, text, nullptr, "");
}

std::variant<Opened, net::HttpResponse> Open(const Context& context) {
  const Result<channels::CardLink> link =
      channels::ReadLinkToken(context.app.link_key(), context.params[0], context.app.ports().clock.Now());
  if (!link && link.fault().kind == FaultKind::kNotFound) {
    return Refused(410, "This link is over",
                   "It was good for 14 days. Open the ticket in the console, or take the link of a newer card.");
  }
  if (!link) {
    return Refused(403, "This is not a link of ours",
                   "It is cut, changed or from another installation. Open it from the card again, whole.");
  }
  Opened opened{*link, {}, context.app.rules().book()};
  if (opened.book == nullptr)
    return Refused(503, "Not just now", "There is no rule book in force. Try again in a minute.");
  if (MayActAs(*opened.book, link->who).empty()) {
    return Refused(403, "Not known any more",
                   "The address that this link was sent to is no longer in the teams tab, so it may change nothing.");
  }
  Result<Ticket> ticket = context.app.ports().tickets.Get(link->ticket);
  if (!ticket && ticket.fault().kind == FaultKind::kNotFound) {
    return Refused(404, "No such ticket", "It was erased, or belongs to another installation.");
  }
  if (!ticket) return Refused(503, "Not just now", "The store does not answer. Try again in a minute.");
  opened.ticket = *std::move(ticket);
  return opened;
}

bool IsAllowed(const Opened& opened) {
  const std::vector<std::string> allowed = handoff::AvailableActions(opened.ticket);
  return std::find(allowed.begin(), allowed.end(), opened.link.action) != allowed.end();
}

// The customer's first words, which a split divides; empty where the store does not answer.
std::string WordsOf(const Context& context, const Opened& opened) {
  if (opened.link.action != "split") return "";
  const Result<std::vector<Message>> messages = context.app.ports().tickets.Messages(opened.ticket.id);
  if (!messages || messages->empty()) return "";
  const Message& first = messages->front();
  return first.new_text.empty() ? first.text : first.new_text;
}

net::HttpResponse Ask(const Context& context, const Opened& opened, const std::string& trouble, int status) {
  return AskPage({opened.link, context.params[0], opened.ticket, *opened.book, WordsOf(context, opened), trouble},
                 status);
}

// A link that only shows.
net::HttpResponse Explain(const Context& context, const Opened& opened) {
  const Result<handoff::Card> card =
      handoff::LoadCard(opened.ticket, context.app.ports().tickets, context.app.ports().audit, "");
  if (!card) return TellPage(503, "Not just now", "The store does not answer. Try again in a minute.", nullptr, "");
  return WhyPage(*card, opened.ticket, Console(context, opened.ticket.id));
}

// Whoever the form names, if they may act for the link's address; the address itself where nobody is named.
Result<std::string> ActorOf(const Opened& opened, const net::Fields& fields) {
  const std::string person = ToLowerAscii(Trim(net::FindField(fields, "person")));
  const std::vector<std::string> people = MayActAs(*opened.book, opened.link.who);
  const bool alone = people.size() == 1 && people.front() == opened.link.who;
  if (alone || ((person.empty() || person == opened.link.who) && opened.link.action != "take")) return opened.link.who;
  const auto known = std::find_if(people.begin(), people.end(),
                                  [&](const std::string& one) { return EqualsIgnoreCaseAscii(one, person); });
  if (known == people.end()) return Invalid("Say who you are: a person has a ticket, not an inbox.");
  return *known;
}

// What the human saw: the page's version; the card's for whoever posts without having seen the page.
std::int64_t SeenVersion(const Opened& opened, const net::Fields& fields) {
  const std::string_view text = net::FindField(fields, "version");
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  return error == std::errc() && end == text.data() + text.size() && !text.empty() ? version : opened.link.version;
}

net::HttpResponse Told(const Context& context, const Opened& before, const correct::Corrected& corrected) {
  const bool changed = corrected.ticket.version != before.ticket.version;
  return TellPage(
      200, changed ? "Done" : "Done before",
      changed ? "The ticket stands as it is shown here."
              : "This link was used already; nothing has changed now. For another correction use the newest card.",
      &corrected.ticket, Console(context, before.ticket.id));
}

net::HttpResponse Apply(const Context& context, const Opened& opened) {
  const std::optional<net::Fields> fields = net::ParseForm(context.request.body, kMaxCardFields);
  if (!fields) return Ask(context, opened, "The form could not be read.", 422);
  correct::Command command;
  const Result<correct::Action> action = ActionOf(opened.link, *fields);
  if (!action) return Ask(context, opened, action.fault().text, 422);
  const Result<std::string> actor = ActorOf(opened, *fields);
  if (!actor) return Ask(context, opened, actor.fault().text, 422);
  command.action = *action;
  command.ticket = opened.ticket.id;
  command.version = SeenVersion(opened, *fields);
  command.idempotency_key = "link:" + ToHex(Sha256(context.params[0]));
  command.by = *actor;
  Result<correct::Corrected> corrected = context.app.correct().Apply(command);
  if (corrected) {
    net::HttpResponse page = Told(context, opened, *corrected);
    if (!corrected->begun.empty()) context.app.Deliver(std::move(corrected->begun));
    return page;
  }
  switch (corrected.fault().kind) {
    case FaultKind::kConflict: {
      const Result<Ticket> now = context.app.ports().tickets.Get(opened.ticket.id);
      const Opened anew{opened.link, now ? *now : opened.ticket, opened.book};
      return Ask(context, anew, "The ticket changed meanwhile; nothing was done. This is how it stands now.", 409);
    }
    case FaultKind::kInvalid:
      return TellPage(422, "That cannot be done", corrected.fault().text, &opened.ticket,
                      Console(context, opened.ticket.id));
    case FaultKind::kTransient:
      return TellPage(503, "Not just now", "Nothing was done. Try again in a minute.", nullptr, "");
    case FaultKind::kPermanent:
    case FaultKind::kNotFound:
    case FaultKind::kBug: break;
  }
  return TellPage(500, "That went wrong", "Nothing was done. Tell whoever runs the router.", nullptr, "");
}

}  // namespace

Answer GetCardLink(const Context& context) {
  std::variant<Opened, net::HttpResponse> opened = Open(context);
  if (auto* refusal = std::get_if<net::HttpResponse>(&opened)) return std::move(*refusal);
  const Opened& link = std::get<Opened>(opened);
  if (link.link.action == "why") return Explain(context, link);
  if (!IsAllowed(link)) {
    return TellPage(409, "Not possible now", "The ticket has moved on: this cannot be done to it as it stands.",
                    &link.ticket, Console(context, link.ticket.id));
  }
  return Ask(context, link, "", 200);
}

Answer PostCardLink(const Context& context) {
  std::variant<Opened, net::HttpResponse> opened = Open(context);
  if (auto* refusal = std::get_if<net::HttpResponse>(&opened)) return std::move(*refusal);
  const Opened& link = std::get<Opened>(opened);
  return link.link.action == "why" ? Explain(context, link) : Apply(context, link);
}

}  // namespace tr::api
