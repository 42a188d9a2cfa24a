#include "rules/lint.h"

#include <algorithm>

#include "base/text.h"
#include "rules/lint_parts.h"

namespace tr::rules {
namespace {

// Some 50 ms; a book of a hundred rules needs ten thousand.
constexpr std::int64_t kMostComparisons = 2'000'000;
// Fewer tickets say nothing about a topic.
constexpr int kFewTickets = 20;

}  // namespace

std::vector<Problem> Lint(const RuleBook& book) {
  Problems problems;
  Effort effort(kMostComparisons);
  LintTeams(book, problems);
  LintWords(book, effort, problems);
  LintVips(book, problems);
  LintNotTickets(book, effort, problems);
  LintSpecialRoutes(book, effort, problems);
  LintPriorityRules(book, effort, problems);
  LintSettings(book, problems);
  if (effort.spent())
    problems.Note({"rules.md"}, "there are too many rules to look for all that can never decide anything.");
  return problems.Take();
}

std::vector<Problem> LintTopics(const RuleBook& book, const std::map<std::string, int>& tickets_by_topic) {
  Problems problems;
  std::map<std::string, int> counts;
  int total = 0;
  for (const auto& [topic, count] : tickets_by_topic) {
    counts[Fold(topic)] += count;
    total += count;
  }
  if (total < kFewTickets) return {};
  for (const Topic& topic : book.topics) {
    if (counts[Fold(topic.name)] > 0) continue;
    problems.Warning({"topics", topic.row}, "nobody wrote about " + Quote(topic.name) + " in the last " +
                                                std::to_string(total) +
                                                " tickets. Say its Meaning more plainly, or delete it.");
  }
  return problems.Take();
}

std::vector<Problem> LintIntake(const RuleBook& book, const std::vector<std::string>& intake_addresses) {
  Problems problems;
  for (const Team& team : book.teams) {
    const bool loops = std::any_of(intake_addresses.begin(), intake_addresses.end(), [&](const std::string& address) {
      return !team.inbox.empty() && EqualsIgnoreCaseAscii(Trim(address), team.inbox);
    });
    if (!loops) continue;
    problems.Warning({"teams", team.row, "Inbox"},
                     team.inbox +
                         " is also an intake address: what the team gets there would come "
                         "in again as tickets. Give the team an inbox of its own.");
  }
  return problems.Take();
}

}  // namespace tr::rules
