#pragma once
// The rows of rules.tests.csv as questions and expectations.

#include <optional>
#include <string>
#include <vector>

#include "route/decide.h"
#include "rules/parse.h"

namespace tr::route {

struct ExpectedPing {
  std::string who;  // "nobody", "lead", "manager" or an address
  Time due{};       // the ticket's own time unless the row says another; nothing for "nobody"
};

// What a row asks and what it expects; a blank Expect is not checked.
struct RuleTest {
  std::string name;
  int row = 0;
  std::string trouble;  // why the row cannot be read; empty: it can
  Question question;    // its `reading` is set by the runner
  std::optional<Reading> reading;
  Time now{};
  std::string move;  // a move's name or "not a ticket"
  std::string team;
  std::string person;
  std::optional<Urgency> urgency;
  std::optional<ExpectedPing> ping;
  std::string because;
  const rules::Team* clock = nullptr;  // the team whose zone the row's times are in; never null
};

inline constexpr std::string_view kNotATicket = "not a ticket";
inline constexpr std::string_view kNobody = "nobody";

struct RuleTests {
  std::vector<RuleTest> tests;  // they point into the book
  std::vector<rules::Problem> problems;
};

// Total. Times are those of the expected team, else of triage, else of the first team, else UTC. Without a When the
// ticket comes in when that team is at work, after every closed day and absence of the book.
RuleTests ReadRuleTests(std::string_view csv, const rules::RuleBook& book);

}  // namespace tr::route
