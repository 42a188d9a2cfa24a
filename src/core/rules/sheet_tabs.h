#pragma once
// The tabs of the sheet: each adds to the book and to the names what it can read and reports the rest.

#include <string_view>

#include "rules/book.h"
#include "rules/names.h"
#include "rules/problems.h"

namespace tr::rules {

void ParseTeams(std::string_view text, RuleBook& book, Names& names, Problems& problems);

// REQUIRES: the teams were parsed before: topics name them.
void ParseTopics(std::string_view text, RuleBook& book, Names& names, Problems& problems);

// Only whether the tests could be run: their columns. What is wrong warns; it never keeps a book out.
void CheckTests(std::string_view text, Problems& problems);

}  // namespace tr::rules
