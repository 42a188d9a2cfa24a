#pragma once
// A decision in one line, for the terminal and the log.

#include <string>

#include "rules/book.h"
#include "ticket/ticket.h"

namespace tr::route {

// "priority → Billing, dana@shop.example (lead dana@shop.example now) because rules.md line 24: …": the move, the
// place, who is pinged when (in the team's zone when later than `now`), and at most three of the reasons that decided,
// the first of them first. One line of at most about 700 bytes. Holds words of the rules, never of the customer.
std::string ExplainLine(const Decision& decision, const rules::RuleBook& book, Time now);

// "rules.md line 24: from @monitoring.example -> normal", "topics row 3: topic payment", "standard: angry and high";
// then the word that fitted, in brackets, unless it is the whole text.
std::string ExplainReason(const Reason& reason);

}  // namespace tr::route
