#pragma once
// The four gates before a landing, one small file each: team, position, duplicate, context. Each is pure and says in
// one result what it found, for the receipt.

#include <optional>
#include <string>
#include <vector>

#include "handoff/card.h"
#include "rules/book.h"
#include "store/step.h"
#include "ticket/ticket.h"

namespace tr::handoff {

// What a gate found. `detail` holds names of teams, ids and numbers, never a customer's words.
struct GateResult {
  std::string gate;    // "team", "position", "duplicate", "context"
  std::string detail;  // "Billing, slack:#help-billing", "priority, pings dana@…", "joins 01H… (similarity 0.91)"
};

// Which kinds of channel this installation has; without any, cards go to the log.
struct ChannelKinds {
  bool slack = false;
  bool mail = false;
};

// Where a team reads: level 0 its Slack channel (else its inbox), 1 its inbox, 2 triage's inbox, else its channel. The
// log where nothing of that kind exists here. The next higher level that differs is where a delivery falls back to.
std::string ChannelOf(const rules::RuleBook& book, const std::string& team, int level, const ChannelKinds& kinds);

// Gate 1. The decision's team when the book has it, else triage.
struct TeamGate {
  std::string team;
  std::string person;
  std::string channel;
  GateResult result;
};
TeamGate PassTeam(const Decision& decision, const rules::RuleBook& book, const ChannelKinds& kinds);

// Gate 2. The place in the queue's order.
struct PositionGate {
  store::QueueEntry entry;
  GateResult result;
};
PositionGate PassPosition(const Ticket& ticket, const std::string& team, const Decision& decision);

// A ticket that landed lately, with the text that it is compared by.
struct Recent {
  Ticket ticket;
  std::string new_text;                  // of its first message
  std::vector<std::string> message_ids;  // of its messages
};

// Gate 3. The landed ticket that this one repeats: same customer and topic, received within `window`, and the same
// thread, the same normalised text, or similarity of at least kSameText.
struct DuplicateGate {
  std::optional<std::string> into;  // ticket id
  double similarity = 0;
  GateResult result;
};
DuplicateGate PassDuplicate(const Ticket& ticket, const std::vector<Message>& messages, const Tags& tags,
                            const std::vector<Recent>& recent, Duration window, Time now);

// product.md, Hand off 3.
inline constexpr double kSameText = 0.85;

// Cosine of the counts of the words taken three at a time, of two normalised texts; texts of fewer than three words are
// compared as one gram. 0 to 1.
double Similarity(std::string_view a, std::string_view b);

// Gate 4. The card has everything; anything that is missing is said.
struct ContextGate {
  Card card;
  GateResult result;
};
ContextGate PassContext(const Ticket& ticket, const std::vector<Message>& messages, const Reading* reading,
                        const Decision& decision, const std::string& base_url);

}  // namespace tr::handoff
