#pragma once
// In: a ticket, a reading or none, the book, now. Out: Decision. Never: a store, a clock, a model: pure and total.
// Start at: Decide. Whoever calls writes the decision down.

#include <optional>
#include <string>
#include <string_view>

#include "rules/book.h"
#include "ticket/ticket.h"

namespace tr::route {

// Everything a decision depends on, beside the book.
struct Question {
  Lane lane = Lane::kMail;
  std::string from;  // the customer's lower-case address
  Verification verification = Verification::kUnverified;
  std::string subject;
  std::string new_text;
  const Reading* reading = nullptr;  // null: no reader answered; then urgency starts at low and tone at calm
  bool automated = false;            // doubtful mail: lands, never pings
  // What a human said; it stands above everything the rules say of the same thing.
  std::optional<Urgency> bumped;
  std::string fixed_topic;  // sure by definition
  std::string fixed_team;
  std::string fixed_person;
  bool fixed_place = false;  // fixed_team/fixed_person say where; never held
};

// Where the ticket goes, how loudly, to whom a ping is due when, and every rule that fitted with its line.
// Total: any question and any book give an answer; a team or person that the book does not know means triage.
Decision Decide(const Question& question, const rules::RuleBook& book, Time now);

// The person and moment of a rank's first ping at a team, by leads, managers, stand-ins and hours; nothing for kNormal.
// A held ticket pings triage's lead for any rank above normal.
std::optional<Ping> FirstPing(const rules::RuleBook& book, std::string_view team, Rank rank, bool held, Time now);

}  // namespace tr::route
