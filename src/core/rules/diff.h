#pragma once
// What changed between two books, in words: for the announcement of a version and for its history.

#include <string>
#include <vector>

#include "rules/book.h"

namespace tr::rules {

struct BookDiff {
  // "2 bullets added, 1 topic changed"; "only notes changed" or "nothing changed" where no rule did.
  std::string text;
  // Each change on a line of its own, at most 200: 'rules.md line 41 added: "angry and VIP -> escalate"'.
  std::vector<std::string> lines;
};

// Total: the pieces may be any text, also with mistakes. Bullets are the same when list and words are; topics, teams
// and tests are told apart by name. Linear in the size of the pieces.
BookDiff Diff(const RuleFiles& before, const RuleFiles& after);

}  // namespace tr::rules
