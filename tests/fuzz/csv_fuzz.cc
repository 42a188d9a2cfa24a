// Any bytes as a sheet: rows that are numbered upwards, or what is wrong with them; and as the tests tab of a book.

#include "fuzz_target.h"
#include "route/rules_tests.h"
#include "rules/parse.h"

TR_FUZZ_TARGET(csv) {
  const tr::rules::Csv csv = tr::rules::ParseCsv(input);
  int last = 0;
  for (const tr::rules::CsvRow& row : csv.rows) {
    tr::fuzz::Require(row.row > last);
    last = row.row;
  }
  tr::fuzz::Require(csv.error.empty() == (csv.error_row == 0));
  static const tr::rules::RuleBook kBook = [] {
    tr::rules::RuleBook book;
    book.teams.push_back({});
    book.teams[0].name = "Triage";
    return book;
  }();
  for (const tr::rules::Problem& problem : tr::route::ReadRuleTests(input, kBook).problems) {
    tr::fuzz::Require(tr::IsUtf8(tr::rules::Format(problem)));
  }
}
