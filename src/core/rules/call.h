#pragma once
// Whom a team's hurry calls, and when: lead and manager, who stands in for them, the Hours list.

#include <string_view>

#include "rules/book.h"

namespace tr::rules {

struct Called {
  std::string_view person;     // address; empty: the team's channel, unnamed
  std::string_view role;       // "lead", "manager" or "stand-in"
  const Away* away = nullptr;  // the entry by which a stand-in answers; null: nobody is away
};

// The lead, or with `manager_first` the manager; the other where there is none; nobody by name where there is neither;
// whoever stands in for them at that moment. The result points into the book.
Called WhoIsCalled(const RuleBook& book, const Team& team, bool manager_first, Time at);

// The first moment not before `at` at which the team may be called for a ticket of this rank: `at` itself, or, as the
// Hours list says, when the team is back.
Time CallTime(const RuleBook& book, const Team& team, Rank rank, Time at);

}  // namespace tr::rules
