#pragma once
// The one write port, and the read ports beside it. Everything a port gives back is a copy: no caller holds a lock.
//
// Every method is thread-safe. Faults: kTransient (busy, full disk, throttled: try again later), kPermanent (damaged),
// kBug (a step that breaks its own rules, for example more than kMaxStepItems).

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/step.h"

namespace tr::store {

class Ledger {
 public:
  virtual ~Ledger() = default;

  // All or nothing, durable when it returns. kConflict: a ticket's version differs, a key is not as the step
  // wants it (at `now`), or a delivery's attempts differ; nothing was written.
  virtual Result<void> Commit(const Step& step, Time now) = 0;

  // As many Commits, each by itself all or nothing, in any order; one round trip where the store can. As many results,
  // in the steps' order.
  virtual std::vector<Result<void>> CommitEach(std::span<const Step* const> steps, Time now) {
    std::vector<Result<void>> results;
    for (const Step* step : steps) results.push_back(Commit(*step, now));
    return results;
  }
};

// A page of tickets and where the next begins; an empty cursor means there is no more.
struct TicketPage {
  std::vector<Ticket> tickets;
  std::string next;
};

struct TicketQuery {
  std::optional<State> state;
  std::optional<Move> move;
  std::string text;    // case-blind: part of the subject, of the customer's address, or the ticket's id
  std::string cursor;  // from the page before, or empty
  int limit = 50;      // 1 to 200
};

struct TicketWithMessages {
  Ticket ticket;
  std::vector<Message> messages;  // in order of n
};

class Tickets {
 public:
  virtual ~Tickets() = default;
  // kNotFound: no such ticket.
  virtual Result<Ticket> Get(const std::string& id) = 0;
  // In order of n; empty for an unknown ticket.
  virtual Result<std::vector<Message>> Messages(const std::string& id) = 0;
  // Both, by one look at the store. kNotFound: no such ticket.
  virtual Result<TicketWithMessages> GetWithMessages(const std::string& id) = 0;
  // In the order in which they were given.
  virtual Result<std::vector<ReadingRow>> Readings(const std::string& id) = 0;
  // Newest first. A text query looks at no more than 10,000 tickets a page, so a page may be short and still have a
  // next.
  virtual Result<TicketPage> Search(const TicketQuery& query) = 0;
};

// What the gate and the landing ask: who was here before.
class Lookups {
 public:
  virtual ~Lookups() = default;
  // What an unexpired unique key stands for: Key::ticket as it was put.
  virtual Result<std::optional<std::string>> ByKey(const std::string& key, Time now) = 0;
  // The ticket of the first of these Message-IDs that is known.
  virtual Result<std::optional<std::string>> ByThread(const std::vector<std::string>& message_ids, Time now) = 0;
  // The customer's tickets received at or after `since`, newest first, at most `limit`.
  virtual Result<std::vector<Ticket>> OfCustomer(const std::string& address, Time since, int limit) = 0;
};

// A message that nobody has handled yet.
struct UnhandledMessage {
  std::string ticket;
  int message = 1;
  Time at{};
};

struct TeamCount {
  std::string team;
  int escalate = 0;
  int priority = 0;
  int normal = 0;
  Time oldest{};  // received_at of the oldest entry
};

class Queues {
 public:
  virtual ~Queues() = default;
  // A team's tickets in the queue's order.
  virtual Result<TicketPage> List(const std::string& team, const std::string& cursor, int limit) = 0;
  // Teams that have entries.
  virtual Result<std::vector<TeamCount>> Counts() = 0;
  // Messages of anybody still in state received that arrived before `before`, oldest first: what fell between two
  // writes.
  virtual Result<std::vector<UnhandledMessage>> Unhandled(Time before, int limit) = 0;
};

// Which channels somebody serves ("slack:#help-billing"); an empty function: all.
using ServesChannel = std::function<bool(const std::string& channel)>;

class Deliveries {
 public:
  virtual ~Deliveries() = default;
  // Pending rows with due_at <= now whose channel is served and has its turn, soonest first.
  virtual Result<std::vector<Delivery>> Due(Time now, int limit, const ServesChannel& serves) = 0;
  Result<std::vector<Delivery>> Due(Time now, int limit) { return Due(now, limit, {}); }
  virtual Result<std::vector<Delivery>> OfTicket(const std::string& ticket) = 0;
  // kNotFound: no such row.
  virtual Result<Delivery> Get(const std::string& id) = 0;
};

class Audit {
 public:
  virtual ~Audit() = default;
  virtual Result<std::vector<AuditRow>> OfTicket(const std::string& ticket) = 0;

  struct Page {
    std::vector<AuditRow> rows;  // in the order in which they were stored
    std::string cursor;
  };
  // Rows after the cursor ("" = from the beginning; "now" = none, just today's end), at most `limit`.
  virtual Result<Page> Since(const std::string& cursor, int limit) = 0;
};

// Raw mail, kept as it came. Keys are "SHA256HEX", or the adapter's own name of bytes that came to it first.
class Originals {
 public:
  virtual ~Originals() = default;
  // Durable when it returns; putting the same key again changes nothing.
  virtual Result<void> Put(const std::string& key, std::string_view bytes, Time now) = 0;
  // kNotFound: no such key, or erased.
  virtual Result<std::string> Get(const std::string& key) = 0;
};

// Somebody who may come in: the admin token, the CLI's tokens, sessions. Only digests of tokens are kept.
struct Access {
  std::string digest;  // SHA-256 of the token, hex
  std::string person;  // address, or "admin"
  std::string role;    // "admin", "lead", "agent", "viewer"; for an address the sheet's role wins
  std::string label;   // what it is for
  Time created_at{};
  std::optional<Time> expires_at;
};

class People {
 public:
  virtual ~People() = default;
  virtual Result<void> Put(const Access& access) = 0;
  virtual Result<std::optional<Access>> Find(const std::string& digest, Time now) = 0;
  virtual Result<std::vector<Access>> List() = 0;
  virtual Result<void> Remove(const std::string& digest) = 0;
};

// Takes customers' words away for good: retention and `forget`.
class Eraser {
 public:
  virtual ~Eraser() = default;
  // Retention. Removes the texts of one ticket: message texts, attachment names, evidence, originals, the redacted text
  // and the "before" of its corrections, its subject. For every example taken away a correction of kind kErase that
  // `undoes` it is stored, so that readers unlearn. Idempotent. False: the ticket is open, or was touched at or after
  // `before`; nothing was done. kNotFound: no such ticket.
  virtual Result<bool> EraseExpired(const std::string& ticket, Time before, Time now) = 0;
  // `forget`. As EraseExpired, but whatever the ticket's state; and also the customer's name and address, and its
  // thread and message keys' meaning.
  virtual Result<void> Forget(const std::string& ticket, Time now) = 0;
  // Tickets that ended (done, merged, split, set aside, suspect), were not touched since `before` and still have text,
  // the longest untouched first.
  virtual Result<std::vector<std::string>> Expired(Time before, int limit) = 0;
  // Drops expired keys, delivered outbox rows older than `before`, and originals without a ticket from before `before`;
  // then whatever makes erased bytes unreadable.
  virtual Result<void> Vacuum(Time before, Time now) = 0;
};

}  // namespace tr::store
