#include "intake/threading.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/hash.h"
#include "base/ids.h"
#include "base/text.h"
#include "ticket/steps.h"

namespace tr::intake {
namespace {

// A chain of merges longer than this is cut: the last one found is joined or linked to.
constexpr int kMaxHops = 10;

std::optional<std::string> LinkedBy(const Ticket& ticket, std::string_view kind) {
  for (auto link = ticket.links.rbegin(); link != ticket.links.rend(); ++link) {
    if (link->kind == kind) return link->id;
  }
  return std::nullopt;
}

// How many of `words` the text has: enough to tell the parts of one split apart.
std::size_t Shared(const std::set<std::string, std::less<>>& words, std::string_view text) {
  const std::string folded = Fold(text);
  std::set<std::string_view> own;
  for (const std::string_view word : Words(folded)) own.insert(word);
  return static_cast<std::size_t>(
      std::count_if(own.begin(), own.end(), [&](std::string_view word) { return words.contains(word); }));
}

Result<Ticket> NearestPart(const Ticket& whole, std::string_view text, store::Tickets& tickets) {
  const std::string folded = Fold(text);
  std::set<std::string, std::less<>> words;
  for (const std::string_view word : Words(folded)) words.emplace(word);
  std::optional<Ticket> nearest;
  std::size_t most = 0;
  for (const Link& link : whole.links) {
    if (link.kind != "split_into") continue;
    TR_ASSIGN(store::TicketWithMessages part, tickets.GetWithMessages(link.id));
    const std::size_t shared = part.messages.empty() ? 0 : Shared(words, part.messages.front().text);
    if (nearest && shared <= most) continue;
    most = shared;
    nearest = std::move(part.ticket);
  }
  if (!nearest) return whole;
  return *nearest;
}

Result<Ticket> Follow(Ticket ticket, std::string_view text, store::Tickets& tickets) {
  for (int hop = 0; hop < kMaxHops; ++hop) {
    if (ticket.state == State::kMerged) {
      const std::optional<std::string> into = LinkedBy(ticket, "merged_into");
      if (!into) return ticket;
      TR_ASSIGN(ticket, tickets.Get(*into));
    } else if (ticket.state == State::kSplit) {
      const std::string id = ticket.id;
      TR_ASSIGN(ticket, NearestPart(ticket, text, tickets));
      if (ticket.id == id) return ticket;
    } else {
      return ticket;
    }
  }
  return ticket;
}

bool AnswersACard(const Arrival& arrival) {
  return !arrival.card_ticket.empty() && (arrival.author == Author::kTeam || arrival.machine != Machine::kNone);
}

// A person of the team is the customer of a ticket of their own, answers the customer of another, or says something to
// the router alone: a reply to a card that lost its References on the way has the tag, and the customer is not in it.
Author WhoSpeaks(const Arrival& arrival, const Ticket& ticket, bool by_tag) {
  if (AnswersACard(arrival)) return Author::kNote;
  if (arrival.author != Author::kTeam) return arrival.author;
  const std::string& customer = ticket.customer.address;
  if (!customer.empty() && arrival.from.address == customer) return Author::kCustomer;
  const bool to_customer =
      std::find(arrival.recipients.begin(), arrival.recipients.end(), customer) != arrival.recipients.end();
  return by_tag && !arrival.recipients.empty() && !to_customer ? Author::kNote : Author::kTeam;
}

Result<bool> WasOnThread(const Arrival& arrival, const Ticket& ticket, store::Tickets& tickets) {
  if (arrival.joins_freely || AnswersACard(arrival)) return true;
  if (arrival.customer.verification == Verification::kFailed) return false;
  if (!arrival.from.address.empty() && arrival.from.address == ticket.customer.address) return true;
  TR_ASSIGN(const std::vector<Message> messages, tickets.Messages(ticket.id));
  return std::any_of(messages.begin(), messages.end(), [&](const Message& message) {
    return !message.from.address.empty() && message.from.address == arrival.from.address;
  });
}

bool IsOver(const Ticket& ticket, Duration reopen_within, Time now) {
  if (ticket.state == State::kDone) return now - ticket.done_at.value_or(ticket.touched_at) > reopen_within;
  return !IsOpen(ticket.state);
}

// Which ticket a message names, surest first.
struct Named {
  std::optional<std::string> ticket;
  bool by_tag = false;
};

Result<Named> FindTicket(const Arrival& arrival, store::Lookups& lookups, Time now) {
  if (!arrival.card_ticket.empty()) return Named{arrival.card_ticket};
  if (!arrival.references.empty()) {
    TR_ASSIGN(std::optional<std::string> id, lookups.ByThread(arrival.references, now));
    if (id) return Named{id};
  }
  if (arrival.tagged_ticket.empty()) return Named{};
  return Named{arrival.tagged_ticket, true};
}

}  // namespace

std::string HeadKey(const std::string& conversation) {
  return "message:" + ToHex(HashFields({"conversation", conversation}));
}

Result<Thread> FindThread(const Arrival& arrival, store::Tickets& tickets, store::Lookups& lookups,
                          Duration reopen_within, Time now) {
  Thread thread;
  Named named;
  if (arrival.lane == Lane::kChat) {
    TR_ASSIGN(thread.head, lookups.ByKey(HeadKey(arrival.message_id), now));
    named.ticket = thread.head;
  }
  if (!named.ticket) {
    TR_ASSIGN(named, FindTicket(arrival, lookups, now));
  }
  if (!named.ticket) return thread;
  Result<Ticket> found = tickets.Get(*named.ticket);
  if (!found && found.fault().kind == FaultKind::kNotFound) return thread;
  if (!found) return found.fault();
  TR_ASSIGN(Ticket ticket, Follow(*std::move(found), arrival.new_text, tickets));
  TR_ASSIGN(const bool was_on_thread, WasOnThread(arrival, ticket, tickets));
  thread.author = WhoSpeaks(arrival, ticket, named.by_tag);
  if (!was_on_thread) {
    thread.link = Link{"stranger_reply", ticket.id};
  } else if (thread.author == Author::kCustomer && IsOver(ticket, reopen_within, now)) {
    thread.link = Link{"reply_to", ticket.id};
  } else {
    thread.join = std::move(ticket);
  }
  return thread;
}

}  // namespace tr::intake
