// Any bytes as the manager's pieces: a book or errors, never a crash and never long. The input is cut at 0x1E into
// topics, teams, doc and tests; a piece that is missing is the example's, so that the doc can be reached alone.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz_target.h"
#include "rules/diff.h"
#include "rules/parse.h"

namespace {

constexpr std::string_view kTopics = "Topic,Meaning,Team,Urgency\nrefund,Wants money back,Billing,medium\n";
constexpr std::string_view kTeams =
    "Team,Inbox,Lead,Members,Hours,Time zone\nBilling,b@s.example,d@s.example,\"d@s.example, l@s.example\",Mon-Fri "
    "9:00-17:00,Europe/Berlin\nTriage,t@s.example,,,,\n";

std::string Piece(const std::vector<std::string_view>& pieces, std::size_t index, std::string_view otherwise) {
  return std::string(index < pieces.size() && !pieces[index].empty() ? pieces[index] : otherwise);
}

}  // namespace

TR_FUZZ_TARGET(rules) {
  const std::vector<std::string_view> pieces = tr::SplitText(input, '\x1E');
  const bool doc_only = pieces.size() == 1;
  const tr::rules::RuleFiles files{doc_only ? std::string(kTopics) : Piece(pieces, 0, kTopics),
                                   Piece(pieces, 1, kTeams), doc_only ? std::string(input) : Piece(pieces, 2, ""),
                                   pieces.size() > 3 ? std::optional(std::string(pieces[3])) : std::nullopt};
  const tr::rules::ParsedBook parsed = tr::rules::ParseRuleBook(files);
  bool error = false;
  for (const tr::rules::Problem& problem : parsed.problems) {
    error = error || problem.severity == tr::rules::Severity::kError;
    tr::fuzz::Require(tr::IsUtf8(tr::rules::Format(problem)));
  }
  tr::fuzz::Require(error == (parsed.book == nullptr));
  tr::rules::Diff({}, files);
}
