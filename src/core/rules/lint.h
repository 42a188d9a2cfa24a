#pragma once
// What is allowed but probably not meant.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/book.h"
#include "rules/parse.h"

namespace tr::rules {

// Warnings that the book alone gives rise to; ParseRuleBook includes them. Bounded: of a book with thousands of rules
// only so many pairs are compared, and a note says so.
std::vector<Problem> Lint(const RuleBook& book);

// Topics that nobody wrote about, by the number of tickets that each topic got. Says nothing below 20 tickets.
std::vector<Problem> LintTopics(const RuleBook& book, const std::map<std::string, int>& tickets_by_topic);

// Inboxes of teams that are intake addresses too: their cards would come back as tickets. Addresses in any case.
std::vector<Problem> LintIntake(const RuleBook& book, const std::vector<std::string>& intake_addresses);

}  // namespace tr::rules
