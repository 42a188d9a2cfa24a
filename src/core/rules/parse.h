#pragma once
// From the manager's text to a RuleBook, or to every mistake in it at once.

#include <string>
#include <vector>

#include "rules/book.h"

namespace tr::rules {

enum class Severity { kError, kWarning, kNote };

// One finding. `text` says what is wrong and how to mend it; Format() adds where.
struct Problem {
  Severity severity = Severity::kError;
  std::string file;    // "rules.md", "topics", "teams", "tests"
  int line = 0;        // line of rules.md, row of the sheet; 0: the piece as a whole
  std::string column;  // of a sheet, or empty
  std::string text;
  std::string cell = {};  // what stands in that cell, where `text` does not repeat it
  bool operator==(const Problem&) const = default;
};

// "rules.md line 24 (warning): …", "topics row 6, column Team: …", "teams row 3, Hours "9-5": …".
std::string Format(const Problem& problem);

struct ParsedBook {
  RuleBookPtr book;               // null when there is an error
  std::vector<Problem> problems;  // errors, warnings and notes in the order of the files; those of lint.h included
};

// Total: any bytes give a book or errors. Bounded: each piece at most 1 MiB (an error otherwise).
ParsedBook ParseRuleBook(const RuleFiles& files);

// RFC 4180 with LF or CRLF, a BOM, and blank lines skipped. Rows keep their number in the file (header = 1, and a
// quoted line break does not count as a row).
struct CsvRow {
  int row = 0;
  std::vector<std::string> cells;
};
struct Csv {
  std::vector<CsvRow> rows;  // the header first
  std::string error;         // empty, or what is wrong
  int error_row = 0;
};
Csv ParseCsv(std::string_view text);

}  // namespace tr::rules
