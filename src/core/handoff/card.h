#pragma once
// In: ticket, rules, store. Out: the card, the four gates, the plan of a landing, the outbox, and the Channel port that
// it speaks to. Never: Slack or SMTP, a customer's address as a recipient. Start at: plan.h.
//
// The card: everything a team needs to see of a ticket, as values. Each channel writes it in its own language and cuts
// and escapes it to its own limits.

#include <string>
#include <vector>

#include "base/clock.h"
#include "store/step.h"
#include "ticket/ticket.h"

namespace tr::handoff {

// A button, named as the API names its action. Values that travel with it hold ids only.
struct Action {
  std::string
      name;  // "take", "done", "reassign", "bump", "split", "merge", "release", "undo", "restore", "why", "answer"
  std::string label;  // "Take", "→ Shipping", …
  std::string topic;  // a one-click reassign to the runner-up, or empty
};

// A later message, for the thread under the card.
struct CardMessage {
  int n = 1;
  std::string from;  // name, else address
  Time at{};
  std::string text;          // what was written now
  std::string message_id{};  // of the mail, without angle brackets: what an answer replies to; or empty
};

struct Card {
  std::string ticket;        // id
  std::int64_t version = 0;  // of the ticket as shown: what a button says that its human saw
  std::string link;          // to the ticket in the console; empty without a base URL
  std::string subject;
  Customer customer;
  Lane lane = Lane::kMail;
  State state = State::kLanded;
  Move move = Move::kRoute;
  Rank rank = Rank::kNormal;
  std::string team;
  std::string person;
  std::string taken_by;
  std::string changed_by;  // who corrected it last, or "router" that moved it; empty: nobody did
  Tags tags;
  double confidence = 0;
  std::string runner_up;                // topic, or empty
  std::vector<Reason> reasons;          // all that fitted
  std::vector<std::string> evidence;    // the customer's words that the reader went by
  std::vector<CardMessage> messages;    // the first is the original message
  std::vector<Attachment> attachments;  // of all messages
  std::vector<Link> links;
  int joined = 0;  // repeats and later messages of the customer that came to this ticket instead of pinging anew
  std::vector<Action> actions;
  Time received_at{};
};

// What can be done with the ticket in its state, in the order in which buttons stand: the names of the API's actions.
std::vector<std::string> AvailableActions(const Ticket& ticket);

// REQUIRES: messages are the ticket's, in order; `latest` is the reading that counts, or null; `reasons` those of the
// latest decision. `base_url` without a final slash, or empty.
Card BuildCard(const Ticket& ticket, const std::vector<Message>& messages, const Reading* latest,
               const std::vector<Reason>& reasons, const std::string& base_url);

}  // namespace tr::handoff
