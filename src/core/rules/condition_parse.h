#pragma once
// rule = condition { "and" condition } arrow action

#include <optional>
#include <string>
#include <vector>

#include "rules/book.h"
#include "rules/doc_tokens.h"
#include "rules/names.h"
#include "rules/problems.h"

namespace tr::rules {

// A bullet in two: what must fit, and what then happens.
struct RuleParts {
  std::vector<Token> tokens;  // of the whole bullet; the views below point into them
  Tokens conditions;
  Tokens action;
};

// Cuts a rule at its arrow: "->", else ":" or the word `then`. Reports a missing, double or one-sided arrow. Moving the
// result keeps its views.
std::optional<RuleParts> SplitRule(const Bullet& bullet, Problems& problems);

// The conditions between the `and`s. Reports what is no condition, and every `or` that could join two conditions with
// the bullets to write instead; `action` is what those end in (empty: no arrow). Empty when anything was reported.
std::vector<Condition> ParseConditions(Tokens tokens, std::string_view action, const Bullet& bullet, Names& names,
                                       Problems& problems);

}  // namespace tr::rules
