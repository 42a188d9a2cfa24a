#include "intake/accept.h"

#include <boost/json.hpp>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "intake/threading.h"

namespace tr::intake {
namespace {

// So often a message that loses a race is looked at anew before its sender is told to come back.
constexpr int kMaxRaces = 5;

void Limit(Arrival& arrival) {
  arrival.subject = CutText(RepairUtf8(arrival.subject), kMaxSubjectBytes);
  arrival.text = CutText(RepairUtf8(arrival.text), kMaxKeptTextBytes);
  arrival.new_text = CutText(RepairUtf8(arrival.new_text), kMaxKeptTextBytes);
  for (std::string* name : {&arrival.customer.name, &arrival.from.name})
    *name = CutText(RepairUtf8(*name), kMaxNameBytes);
  for (std::string* address : {&arrival.customer.address, &arrival.from.address}) {
    *address = ToLowerAscii(CutText(RepairUtf8(*address), kMaxAddressBytes));
  }
  if (arrival.attachments.size() > kMaxAttachments) arrival.attachments.resize(kMaxAttachments);
}

std::string IdentityKey(const Arrival& arrival) { return "message:" + arrival.identity; }

// The value of an identity key: which ticket, and which of its messages.
std::string KeyTarget(const std::string& ticket, int n) { return ticket + "#" + std::to_string(n); }

std::pair<std::string, int> SplitTarget(const std::string& target) {
  const std::size_t at = target.find('#');
  if (at == std::string::npos) return {target, 1};
  return {target.substr(0, at), std::atoi(target.c_str() + at + 1)};
}

Message MessageOf(const Arrival& arrival, const std::string& ticket, int n, const std::string& original, Time now) {
  Message message;
  message.ticket = ticket;
  message.n = n;
  message.author = arrival.author;
  message.from = arrival.from;
  message.at = now;
  message.text = arrival.text;
  message.new_text = arrival.new_text;
  message.attachments = arrival.attachments;
  message.message_id = arrival.message_id;
  message.original = original;
  message.machine = arrival.machine;
  message.automated = arrival.automated;
  message.verification = arrival.customer.verification;
  return message;
}

// What every new message writes beside itself: its identity, and its place in the thread.
void AddKeys(store::Step& step, const Arrival& arrival, const std::string& ticket, int n, Time now,
             const std::optional<std::string>& stale) {
  step.keys.push_back({IdentityKey(arrival), KeyTarget(ticket, n), now + arrival.identity_life, stale});
  // A chat's conversation is found by its head.
  if (arrival.message_id.empty() || arrival.lane == Lane::kChat) return;
  step.threads.push_back({arrival.message_id, ticket, now + kIdentityLife});
}

std::string OriginalKey(const Arrival& arrival) {
  if (!arrival.original_at.empty()) return arrival.original_at;
  return arrival.original.empty() ? "" : ToHex(Sha256(arrival.original));
}

}  // namespace

Result<std::optional<Accepted>> Gate::FindKnown(const Arrival& arrival, Stale& stale) {
  TR_ASSIGN(const std::optional<std::string> target, ports_.lookups.ByKey(IdentityKey(arrival), ports_.clock.Now()));
  stale.reset();
  if (!target) return std::optional<Accepted>{};
  const auto [id, n] = SplitTarget(*target);
  Accepted accepted{id, n, true, n > 1, State::kReceived};
  const Result<Ticket> ticket = ports_.tickets.Get(id);
  if (!ticket && ticket.fault().kind == FaultKind::kNotFound) {
    stale = target;
    return std::optional<Accepted>{};
  }
  if (!ticket) return ticket.fault();
  accepted.state = ticket->state;
  // The first try may have died between the store and the queue: whoever comes again brings it there.
  if (ticket->state != State::kSuspect) {
    TR_ASSIGN(const std::vector<Message> messages, ports_.tickets.Messages(id));
    for (const Message& message : messages) {
      if (message.n == n && message.state == MessageState::kReceived) TR_TRY(Enqueue(accepted));
    }
  }
  return std::optional<Accepted>(accepted);
}

Result<void> Gate::Enqueue(const Accepted& accepted) {
  return ports_.queue.Send({accepted.ticket, accepted.message}, Duration(0));
}

Result<Accepted> Gate::Join(const Arrival& arrival, const Ticket& ticket, Author author, const Stale& stale) {
  const Time now = ports_.clock.Now();
  Ticket after = ticket;
  const int n = ++after.messages;
  after.touched_at = now;
  after.text_removed = false;  // or these words would be kept for ever
  store::Step step;
  step.messages.push_back(MessageOf(arrival, ticket.id, n, OriginalKey(arrival), now));
  step.messages.back().author = author;
  AddKeys(step, arrival, ticket.id, n, now, stale);
  if (author == Author::kNote) step.threads.clear();  // what answers a note is a note, not the thread's next message
  const boost::json::object body{{"message", n}, {"author", Name(author)}, {"machine", Name(arrival.machine)}};
  step.audit.push_back({ticket.id, ticket.version + 1, now, "router", "joined", boost::json::serialize(body)});
  store::AddTicket(step, ticket, std::move(after));
  TR_TRY(ports_.ledger.Commit(step, now));
  Accepted accepted{ticket.id, n, false, true, ticket.state};
  TR_TRY(Enqueue(accepted));
  return accepted;
}

Result<Accepted> Gate::Open(const Arrival& arrival, const Thread& thread, const Stale& stale) {
  const Time now = ports_.clock.Now();
  Ticket ticket;
  ticket.id = ports_.ids.NewId(now);
  ticket.lane = arrival.lane;
  ticket.state = arrival.suspect_why.empty() ? State::kReceived : State::kSuspect;
  ticket.customer = arrival.customer;
  ticket.subject = arrival.subject;
  ticket.received_at = now;
  ticket.touched_at = now;
  ticket.messages = 1;
  ticket.automated = arrival.automated;
  ticket.set_aside_why = arrival.suspect_why;
  if (thread.link) ticket.links.push_back(*thread.link);
  store::Step step;
  step.messages.push_back(MessageOf(arrival, ticket.id, 1, OriginalKey(arrival), now));
  step.messages.back().author = Author::kCustomer;  // whoever opens a ticket is its customer, a known person too
  AddKeys(step, arrival, ticket.id, 1, now, stale);
  if (arrival.lane == Lane::kChat && !arrival.message_id.empty()) {
    step.keys.push_back({HeadKey(arrival.message_id), ticket.id, now + kIdentityLife, thread.head});
  }
  Accepted accepted{ticket.id, 1, false, false, ticket.state};
  if (ticket.state == State::kSuspect) {
    const boost::json::object body{{"why", arrival.suspect_why}};
    step.audit.push_back({ticket.id, 1, now, "router", "suspect", boost::json::serialize(body)});
  }
  store::AddTicket(step, Ticket{}, std::move(ticket));
  TR_TRY(ports_.ledger.Commit(step, now));
  if (accepted.state != State::kSuspect) TR_TRY(Enqueue(accepted));
  return accepted;
}

Result<Accepted> Gate::Write(const Arrival& arrival, const Stale& stale) {
  Thread thread;
  if (arrival.suspect_why.empty() || arrival.lane == Lane::kChat) {
    TR_ASSIGN(thread, FindThread(arrival, ports_.tickets, ports_.lookups, reopen_within_, ports_.clock.Now()));
  }
  return thread.join ? Join(arrival, *thread.join, thread.author, stale) : Open(arrival, thread, stale);
}

Result<Accepted> Gate::Accept(Arrival arrival) {
  if (arrival.identity.empty()) return Invalid("the message has no identity");
  Limit(arrival);
  // First the original: dying after it leaves bytes that nothing names, which the sweeper removes.
  if (!arrival.original.empty()) {
    TR_TRY(ports_.originals.Put(OriginalKey(arrival), arrival.original, ports_.clock.Now()));
  }
  Stale stale;
  for (int race = 0; race < kMaxRaces; ++race) {
    Result<Accepted> accepted = Write(arrival, stale);
    if (accepted || accepted.fault().kind != FaultKind::kConflict) return accepted;
    // Most messages come once, so the identity's key in the step asks first, and costs no call of its own.
    TR_ASSIGN(const std::optional<Accepted> known, FindKnown(arrival, stale));
    if (known) return *known;
  }
  return Transient("the ticket that this message belongs to is being changed; send it again");
}

}  // namespace tr::intake
