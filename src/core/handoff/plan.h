#pragma once
// From a decision to the one Step that lands a ticket, raises a landed one, or joins it to another. Pure.

#include <optional>
#include <string>
#include <vector>

#include "handoff/gates.h"
#include "rules/book.h"
#include "store/step.h"

namespace tr::handoff {

// What an installation sets about the hand-off.
struct Settings {
  ChannelKinds channels;
  std::string base_url;  // of the console, without a final slash; may be empty
  Duration duplicate_window = std::chrono::hours(24);
  Duration reopen_within = std::chrono::days(14);  // a ticket done for longer is not reopened
};

// How long somebody who begins to deliver may take before another tries.
inline constexpr Duration kDeliveryLease = std::chrono::seconds(60);

// A delivery and the card that it shows, ready to be posted.
struct Outgoing {
  store::Delivery delivery;
  Card card;
  std::string card_ref;  // what the channel called the ticket's card, where it was posted before
};

struct Landing {
  store::Step step;
  Ticket after;                       // as it will be stored
  std::optional<std::string> joined;  // the ticket that it was merged into
  std::vector<int> joined_messages;   // its messages' numbers there; they are to be queued
  std::vector<Outgoing> begun;        // rows whose try this step begins: whoever commits it delivers them now
};

// Everything that a landing looks at.
struct LandingInput {
  Ticket ticket;                  // received or read; its version is what the step expects
  std::vector<Message> messages;  // all, in order
  std::optional<Reading> reading;
  Decision decision;
  std::vector<Recent> recent;       // the customer's landed tickets of the duplicate window
  std::optional<std::string> head;  // what LandingKey stands for now: the customer's ticket that landed last
  bool may_join = true;             // false: a human separated it, or a split made it
};

// Two tickets of one customer that land at the same time would not see each other. Each landing moves the customer's
// key from the ticket that landed before it to itself, so that the second conflicts, looks again, and finds the first.
std::string LandingKey(const std::string& customer_address);

// Lands the ticket (entry, card, ping, audit, reading, messages handled), or joins it to the one that it repeats.
Landing PlanLanding(const LandingInput& input, const rules::RuleBook& book, const Settings& settings, Time now);

// A customer's later message on a landed or taken ticket.
struct RaiseInput {
  Ticket ticket;
  std::vector<Message> messages;
  int message = 2;                 // the one that is handled now
  std::optional<Reading> reading;  // of it; of all of them when the ticket is held
  Decision decision;
};

// Raises urgency, signals, tone and rank, never lowers them; moves a held ticket to its team when the decision is sure;
// reopens a done one. Pings once when the rank rises above any pinged before.
Landing PlanRaise(const RaiseInput& input, const rules::RuleBook& book, const Settings& settings, Time now);

// A human changed where, how urgent or what about: the ticket as decided anew. `after` has the human's fields and its
// state set already; its place, rank, move and tags are set here from `decision`. The card follows (another channel:
// the old one says where it went); a ping is made only if the rank rises above any pinged.
struct ChangeInput {
  Ticket before;
  Ticket after;
  std::vector<Message> messages;
  std::optional<Reading> reading;
  Decision decision;
  std::string actor;                // address of a known person, or "admin"
  std::optional<std::string> head;  // as LandingInput::head; asked for only where `before` has not landed
};
Landing PlanChange(const ChangeInput& input, const rules::RuleBook& book, const Settings& settings, Time now);

// Only the ticket's own state changed (taken, done, released, ended, undone): its entry and its card follow. No audit
// row.
Landing PlanMark(const Ticket& before, Ticket after, const std::vector<Message>& messages,
                 const std::optional<Reading>& reading, const rules::RuleBook& book, const Settings& settings,
                 Time now);

// The audit row of a decision: {"decision":{…},"gates":[{"gate","detail"}]}.
store::AuditRow DecisionRow(const Ticket& after, const std::string& kind, const std::string& actor,
                            const Decision& decision, const std::vector<GateResult>& gates, Time now);

}  // namespace tr::handoff
