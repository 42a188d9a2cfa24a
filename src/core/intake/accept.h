#pragma once
// In: base, ticket, rules, store, queue. Out: the three lanes, what they read of what came in, and the one gate that
// they all end in. Never: a reader, a decision about where a ticket goes, an answer to the customer. Start at:
// Gate::Accept.
//
// The gate: limits, identity, threads, a ticket id; written once, then queued. It asks no rules.

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/result.h"
#include "queue/queue.h"
#include "store/ledger.h"
#include "ticket/ticket.h"

namespace tr::intake {

// How long an identity is remembered.
inline constexpr Duration kIdentityLife = std::chrono::days(90);
// Two forms of the same words within this time are one, where the form gave no key of its own.
inline constexpr Duration kFormIdentityLife = std::chrono::minutes(10);

// What the gate keeps of a text at most; the rest of a mail stays in its original.
inline constexpr std::size_t kMaxKeptTextBytes = 256 * 1024;
inline constexpr std::size_t kMaxSubjectBytes = 1000;
inline constexpr std::size_t kMaxNameBytes = 200;
inline constexpr std::size_t kMaxAddressBytes = 320;  // RFC 3696 erratum 1690: 64 + 1 + 255
inline constexpr std::size_t kMaxAttachments = 200;

// What a lane makes of what came in, whatever it came by.
struct Arrival {
  Lane lane = Lane::kMail;
  std::string identity;  // what makes it the same message when it comes again: 64 hex digits, never empty
  Duration identity_life = kIdentityLife;
  Author author = Author::kCustomer;
  Customer customer;  // whose problem it is
  Mailbox from;       // who wrote this message
  std::string subject;
  std::string text;
  std::string new_text;
  std::vector<Attachment> attachments;
  std::string message_id;               // empty where there is none
  std::vector<std::string> references;  // what it answers: In-Reply-To and References, or the chat's conversation
  std::string tagged_ticket;            // id from a "[TR-…]" in the subject, or empty
  std::string card_ticket;              // the ticket whose card, sent by us, this answers (or is); or empty
  std::vector<std::string> recipients;  // addresses in To and Cc
  bool joins_freely = false;  // a chat's next message, a known person's answer: no need to have been on the thread
  Machine machine = Machine::kNone;
  bool automated = false;
  std::string suspect_why;  // not empty: spam, virus, honeypot; kept and listed, pings nobody
  std::string original;     // raw bytes to keep, or empty
  std::string original_at;  // where Originals has the raw bytes already, in place of `original`
};

struct Accepted {
  std::string ticket;
  int message = 1;
  bool was_known = false;  // it came before: nothing new was written
  bool joined = false;     // it is a later message on a ticket
  State state = State::kReceived;
};

struct GatePorts {
  store::Ledger& ledger;
  store::Tickets& tickets;
  store::Lookups& lookups;
  store::Originals& originals;
  queue::Queue& queue;
  IdSource& ids;
  Clock& clock;
  Log& log;
};

struct Thread;  // threading.h

class Gate {
 public:
  // `reopen_within`: a ticket done for longer is not joined; the message becomes a new ticket with a link.
  explicit Gate(GatePorts ports, Duration reopen_within = std::chrono::days(14))
      : ports_(ports), reopen_within_(reopen_within) {}

  // Returns only when the message is durable and queued; the sender may be answered then. Idempotent by identity: the
  // same message again, also after a crash in the middle, is queued again if nobody handled it yet, and written once.
  // kTransient: nothing is promised, the sender must try again. kInvalid: an arrival without an identity.
  Result<Accepted> Accept(Arrival arrival);

 private:
  // What an identity's key stands for where there is no such ticket: it was carried here without it, and gives way.
  using Stale = std::optional<std::string>;
  Result<std::optional<Accepted>> FindKnown(const Arrival& arrival, Stale& stale);
  Result<Accepted> Join(const Arrival& arrival, const Ticket& ticket, Author author, const Stale& stale);
  Result<Accepted> Open(const Arrival& arrival, const Thread& thread, const Stale& stale);
  Result<Accepted> Write(const Arrival& arrival, const Stale& stale);
  Result<void> Enqueue(const Accepted& accepted);

  GatePorts ports_;
  Duration reopen_within_;
};

}  // namespace tr::intake
