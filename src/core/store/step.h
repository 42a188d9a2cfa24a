#pragma once
// In: base, ticket. Out: Step, the one write; the rows it is made of. Never: a decision. Start at: Step.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/corrections.h"
#include "ticket/ticket.h"

namespace tr::store {

// A ticket's place in a team's queue. The order is (escalate, priority, normal), then time received, then id.
struct QueueEntry {
  std::string team;
  Rank rank = Rank::kNormal;
  Time received_at{};
  std::string ticket;
  bool operator==(const QueueEntry&) const = default;
};

// The entry that the ticket's value calls for; none unless it is landed or taken, or dead-lettered before it landed
// (then it stands in triage).
std::optional<QueueEntry> EntryOf(const Ticket& ticket);

// A ticket's new value. `ticket.version` is the version that it will have: expected_version + 1.
struct TicketWrite {
  std::int64_t expected_version = 0;  // 0: must not exist yet
  Ticket ticket;
};

// A reading as it was given, kept beside the message that it read. Its evidence quotes the customer.
struct ReadingRow {
  std::string ticket;
  int message = 1;
  Time at{};
  Reading reading;
};

// What happened to a ticket: who, when, what. `body` is a JSON object without a customer's words.
struct AuditRow {
  std::string ticket;
  std::int64_t version = 0;  // of the ticket after the step that wrote this row
  Time at{};
  std::string actor;  // "router", an address of a known person, "admin"
  std::string kind;   // "received", "joined", "set_aside", "decision", "gates", "landed", "moved", "delivery", …
  std::string body;
};

enum class DeliveryKind : std::uint8_t {
  kCard,          // the ticket's card into its team's channel
  kCardUpdate,    // the card as it is now, or where it went
  kPing,          // a person is named
  kThread,        // a later message of the customer, under the card
  kDigest,        // the weekly digest, to triage's inbox
  kAnnouncement,  // a new or a broken rule book, to triage
  kTimer,         // nothing is said: the ticket is looked at again when it is due
};
// "card", "card_update", "ping", "thread", "digest", "announcement", "timer"
std::string_view Name(DeliveryKind kind);
std::optional<DeliveryKind> ParseDeliveryKind(std::string_view name);

enum class DeliveryState : std::uint8_t { kPending, kDelivered, kFailed };
std::string_view Name(DeliveryState state);  // "pending", "delivered", "failed"
std::optional<DeliveryState> ParseDeliveryState(std::string_view name);

// One row of the outbox: something to be said to a team, when, and how often it was tried. Its id is made from what it
// says ("TICKET#card", "TICKET#ping#escalate", "TICKET#thread#3"), so that a step that runs twice makes it once.
struct Delivery {
  std::string id;
  std::string ticket;  // empty for digests and announcements
  DeliveryKind kind = DeliveryKind::kCard;
  DeliveryState state = DeliveryState::kPending;
  std::string team;     // whose channel
  std::string channel;  // where it goes now: "slack:#help-billing", "mail:billing@shop.example", "log:"
  int fallback = 0;     // 0: the team's channel, 1: its inbox, 2: triage
  std::string person;   // kPing: who is named; empty: the channel, unnamed
  std::string role;     // kPing: "lead", "manager", "stand-in"
  int message = 0;      // kThread: which message; kTimer: which call, from 1
  std::string subject;  // kDigest, kAnnouncement: what it is about
  std::string text;     // kDigest, kAnnouncement: the whole text
  Time due_at{};        // not before; while it is being tried: until when nobody else tries
  int attempts = 0;     // tries begun
  std::string ref;      // what the channel called the result: a Slack ts, a Message-ID
  std::string trouble;  // the last fault's text
  Time changed_at{};
  bool operator==(const Delivery&) const = default;
};

// A delivery's new value. Put when the stored row has `expected_attempts` tries; absent: only when there is no such row
// (an existing one stays as it is and the step goes on).
struct DeliveryWrite {
  std::optional<int> expected_attempts;
  Delivery delivery;
};

// A channel's turn: nothing is sent there before this moment.
struct ChannelTurn {
  std::string channel;
  Time not_before{};
};

// A key that only one step may put: it must be absent, or, with `replaces`, stand for that value. Keys live until
// `expires_at`; an expired key counts as absent.
struct Key {
  std::string key;     // "message:HEX", "land:HEX", "act:HEX"
  std::string ticket;  // whom it stands for: a ticket id, or "ID#n" for one of its messages
  Time expires_at{};
  std::optional<std::string> replaces = std::nullopt;  // what it must stand for now; absent: it must not be there
};

// Which ticket a Message-ID belongs to. Putting one that exists changes nothing.
struct ThreadKey {
  std::string message_id;
  std::string ticket;
  Time expires_at{};
};

// Everything that one event changes, all or nothing. At most 25 items in all (DynamoDB's TransactWriteItems takes 100;
// small steps conflict less).
struct Step {
  std::vector<TicketWrite> tickets;
  std::vector<Message> messages;  // put whole; (ticket, n) is the key
  std::vector<ReadingRow> readings;
  std::vector<QueueEntry> entries_removed;  // removed before entries_put; absent ones do not matter
  std::vector<QueueEntry> entries_put;
  std::vector<DeliveryWrite> deliveries;
  std::vector<ChannelTurn> turns;
  std::vector<Correction> corrections;
  std::vector<AuditRow> audit;
  std::vector<Key> keys;
  std::vector<ThreadKey> threads;
};

inline constexpr std::size_t kMaxStepItems = 25;
std::size_t CountItems(const Step& step);

// Adds the write of `after` (its version is set to before.version + 1) and what it changes in the queues.
// `before.version` 0: the ticket is new.
void AddTicket(Step& step, const Ticket& before, Ticket after);

}  // namespace tr::store
