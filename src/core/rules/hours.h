#pragma once
// When a team works: opening hours in its zone, closed days, people who are away. Pure but for the machine's zone
// database. Hours are read off the team's clocks: an hour that they skip in spring is no working time, one that they
// show twice in autumn counts twice. A zone that the database does not know is UTC.

#include <chrono>
#include <string>
#include <string_view>

#include "rules/book.h"

namespace tr::rules {

// Whether the team is at work: inside its Hours and not on a closed day. A team without Hours always is.
bool IsOpen(const RuleBook& book, const Team& team, Time at);

// The first moment not before `at` at which the team is at work; `at` itself when it is. At most 400 days ahead, then
// `at` + 400 days.
Time NextOpen(const RuleBook& book, const Team& team, Time at);

// The moment at which `span` of working time has passed since `from`; at most 400 days after it.
Time AddWorkingTime(const RuleBook& book, const Team& team, Time from, std::chrono::minutes span);

// The entry that says that `person` is away at that moment; null when they are not. Of several the first.
const Away* FindAway(const RuleBook& book, const Team& team, std::string_view person, Time at);

// The person who answers for `person` at that moment: themselves, or the stand-in (one step: a stand-in who is away
// too answers all the same). Days are those of the team's zone.
std::string_view StandIn(const RuleBook& book, const Team& team, std::string_view person, Time at);

// A date and time of day in the team's zone, as in rules tests: "2026-12-08 10:00". Of a time that clocks show twice
// the first; of one that they jump over, the jump. kInvalid: not such a text, or before 1970.
Result<Time> ParseLocalTime(const Team& team, std::string_view text);
// "2026-12-09 09:00" in the team's zone.
std::string FormatLocalTime(const Team& team, Time time);

// Whether the machine's zone database knows the name.
bool IsTimeZone(std::string_view name);

}  // namespace tr::rules
