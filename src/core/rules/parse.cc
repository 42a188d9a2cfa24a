#include "rules/parse.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/text.h"
#include "rules/doc.h"
#include "rules/lint.h"
#include "rules/names.h"
#include "rules/problems.h"
#include "rules/sheet_tabs.h"

namespace tr::rules {
namespace {

constexpr std::size_t kLargestPiece = 1024 * 1024;

// The line of the first one that `bad` says yes to.
template <typename Bad>
int LineWhere(std::string_view text, Bad bad) {
  int line = 1;
  for (const std::string_view one : SplitText(text, '\n')) {
    if (bad(one)) return line;
    ++line;
  }
  return 0;
}

// Whether the piece is text of a bearable size; reports it otherwise.
bool IsReadable(const std::string& file, std::string_view text, Problems& problems) {
  const std::string where = file == "rules.md" ? "" : "in line ";
  if (text.size() > kLargestPiece) {
    problems.Error({file}, "is larger than 1 MiB. Make it shorter.");
    return false;
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    problems.Error({file}, "is UTF-16 text. Save it as UTF-8.");
    return false;
  }
  const bool nul = text.find('\0') != std::string_view::npos;
  if (!nul && IsUtf8(text)) return true;
  const int line = nul ? LineWhere(text, [](std::string_view one) { return one.find('\0') != std::string_view::npos; })
                       : LineWhere(text, [](std::string_view one) { return !IsUtf8(one); });
  const std::string what =
      nul ? "holds a NUL byte, so it is no text. Save it again as plain text." : "is not UTF-8 text. Save it as UTF-8.";
  // A sheet's rows are not its lines: a quoted cell may hold several.
  if (file == "rules.md")
    problems.Error({file, line}, what);
  else
    problems.Error({file}, "line " + std::to_string(line) + " of the file " + what);
  return false;
}

}  // namespace

ParsedBook ParseRuleBook(const RuleFiles& files) {
  Problems problems;
  Names names;
  auto book = std::make_shared<RuleBook>();
  if (IsReadable("teams", files.teams, problems))
    ParseTeams(files.teams, *book, names, problems);
  else
    names.TeamsUnreadable();
  if (IsReadable("topics", files.topics, problems))
    ParseTopics(files.topics, *book, names, problems);
  else
    names.TopicsUnreadable();
  if (IsReadable("rules.md", files.rules, problems)) ParseDoc(files.rules, *book, names, problems);
  if (files.tests && IsReadable("tests", *files.tests, problems)) CheckTests(*files.tests, problems);
  const Team* triage = book->FindTeam("Triage");
  book->triage = triage == nullptr ? "Triage" : triage->name;
  for (Problem& problem : Lint(*book)) {
    const Where where{problem.file, problem.line, problem.column, problem.cell};
    if (problem.severity == Severity::kWarning)
      problems.Warning(where, std::move(problem.text));
    else
      problems.Note(where, std::move(problem.text));
  }
  ParsedBook parsed;
  if (!problems.has_errors()) parsed.book = std::move(book);
  parsed.problems = problems.Take();
  return parsed;
}

}  // namespace tr::rules
