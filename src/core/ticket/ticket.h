#pragma once
// In: the words. Out: Ticket, Message, Reading, Decision: the values that walk the road. Never: behaviour.
// Start at: Ticket.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "ticket/words.h"

namespace tr {

// A person's name and address as written in a header; the address is lower-cased.
struct Mailbox {
  std::string name;
  std::string address;
  bool operator==(const Mailbox&) const = default;
};

struct Customer {
  std::string name;
  std::string address;  // lower case; may be empty for a chat without one
  Verification verification = Verification::kUnverified;
  bool operator==(const Customer&) const = default;
};

// What the ticket carries: on the card, in the API, in search.
struct Tags {
  std::string topic;  // a topic of the sheet as the sheet spells it, "unsure", or empty before the first decision
  Urgency urgency = Urgency::kLow;
  Tone tone = Tone::kCalm;
  Signals signals;
  bool vip = false;
  bool operator==(const Tags&) const = default;
};

struct TopicScore {
  std::string topic;
  double confidence = 0;  // 0 to 1, calibrated
  bool operator==(const TopicScore&) const = default;
};

// What a reader says of a message. It proposes; the rules decide.
struct Reading {
  std::string topic;                // the likeliest topic of the sheet, or "unsure" when the reader knows none
  double confidence = 0;            // 0 to 1: how often a reading like this is right, calibrated per reader
  double sure_at = 0;               // the reader's own threshold: "automatic" in the rules means confidence >= sure_at
  std::vector<TopicScore> ranking;  // the five likeliest, best first
  Urgency urgency = Urgency::kLow;
  Tone tone = Tone::kCalm;
  Signals signals;
  std::vector<std::string> evidence;  // words quoted from the text, each at most 200 bytes
  std::string reader;                 // "embedded", "bedrock", …
  // What the model's calls for this reading used; 0 for a reader that costs nothing.
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;
  std::int64_t cost_micros = 0;  // millionths of the currency in which the prices are given
  bool operator==(const Reading&) const = default;
};

// One rule or standard rule that fitted.
struct Reason {
  std::string rule;      // "rules.md", "topics", or "standard"
  int line = 0;          // line in rules.md or row of the sheet, from 1; 0 for a standard rule
  std::string text;      // the bullet's own words, "topic refund", or "standard: angry and high"
  std::string hit;       // the word or entry that fitted, where there is one: "urgent*", "@globex.example"
  bool decided = false;  // this one made the move, the place, the urgency or the hold what it is
  bool operator==(const Reason&) const = default;
};

// Who is told, and when.
struct Ping {
  std::string person;  // address; empty: the team's channel, unnamed
  std::string role;    // "lead", "manager", or "stand-in" for the person who answers for one who is away
  Time due{};
  bool operator==(const Ping&) const = default;
};

// Where the ticket goes, how loudly, and why.
struct Decision {
  Move move = Move::kHold;
  Rank rank = Rank::kNormal;  // of a held ticket: what its move would have had
  std::string team;           // as the sheet spells it; the triage team when held
  std::string person;         // address, or empty
  Tags tags;
  std::vector<Reason> reasons;
  std::vector<Ping> pings;  // at most one: nobody, the lead, the manager or a stand-in
  bool operator==(const Decision&) const = default;
};

struct Attachment {
  std::string filename;      // decoded, without a path; may be empty
  std::string content_type;  // lower case, without parameters
  std::uint64_t size = 0;    // bytes after transfer decoding
  bool operator==(const Attachment&) const = default;
};

// Who a message on a ticket is from.
enum class Author : std::uint8_t { kCustomer, kTeam, kNote };
std::string_view Name(Author author);  // "customer", "team", "note"
std::optional<Author> ParseAuthor(std::string_view name);

// received → handled. Each customer message is decided once.
enum class MessageState : std::uint8_t { kReceived, kHandled };
std::string_view Name(MessageState state);  // "received", "handled"
std::optional<MessageState> ParseMessageState(std::string_view name);

// One message on a ticket. (ticket id, n) is its key.
struct Message {
  std::string ticket;
  int n = 1;  // from 1, in order of arrival
  Author author = Author::kCustomer;
  Mailbox from;
  Time at{};
  std::string text;      // the whole readable body
  std::string new_text;  // what was written now: without quoted history, signature and disclaimer
  std::vector<Attachment> attachments;
  std::string message_id;  // of the mail, without angle brackets; empty for other lanes
  std::string original;    // key of the raw bytes in Originals, or empty
  MessageState state = MessageState::kReceived;
  Machine machine = Machine::kNone;
  bool automated = false;  // doubtful mail: lands, never pings
  Verification verification = Verification::kUnverified;
  bool operator==(const Message&) const = default;
};

struct Link {
  // "merged_into", "merged_from", "split_from", "split_into", "reply_to", "moved_to", "stranger_reply",
  // "separated_from"
  std::string kind;
  std::string id;  // the other ticket
  bool operator==(const Link&) const = default;
};

// One customer problem.
struct Ticket {
  std::string id;            // ULID
  std::int64_t version = 0;  // of the stored value; 0: not stored yet. Every step adds 1
  Lane lane = Lane::kMail;
  State state = State::kReceived;
  Move move = Move::kRoute;  // meaningless before the first decision
  Rank rank = Rank::kNormal;
  std::string team;
  std::string person;
  Customer customer;
  std::string subject;
  Tags tags;
  Time received_at{};
  std::optional<Time> landed_at;
  std::optional<Time> taken_at;
  std::optional<Time> done_at;
  Time touched_at{};  // the last step by anybody
  // Since when a ticket that hurries or is held waits for somebody of its team to take it; empty while none has to.
  std::optional<Time> waiting_since;
  std::string taken_by;
  std::vector<Link> links;
  int messages = 0;           // how many there are; the next gets messages + 1
  std::string set_aside_why;  // "autoreply", "bounce", "list", "own", or the rule's text
  bool automated = false;
  bool dead_lettered = false;     // stands in triage because it could not be worked; redrive tries again
  std::optional<Rank> pinged;     // the highest rank that pinged anybody so far
  std::optional<Urgency> bumped;  // a human's urgency: above floors and words
  std::string fixed_topic;        // a human's topic; empty: the reader's
  std::string fixed_team;         // a human's team; empty: by the rules
  std::string fixed_person;       // a human's person
  bool fixed_place = false;       // a human said where: never held again
  bool text_removed = false;      // retention or forget took the texts away
  bool operator==(const Ticket&) const = default;
};

}  // namespace tr
