#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/parse.h"

namespace tr::rules {
namespace {

using Cells = std::vector<std::vector<std::string>>;

struct Case {
  std::string name;
  std::string text;
  Cells cells;
};

class ParseCsvOf : public testing::TestWithParam<Case> {};

TEST_P(ParseCsvOf, GivesTheCells) {
  const Csv csv = ParseCsv(GetParam().text);
  EXPECT_EQ(csv.error, "");
  Cells cells;
  for (const CsvRow& row : csv.rows) cells.push_back(row.cells);
  EXPECT_EQ(cells, GetParam().cells);
}

INSTANTIATE_TEST_SUITE_P(Texts, ParseCsvOf,
                         testing::Values(Case{"nothing", "", {}}, Case{"lf", "a,b\n1,2\n", {{"a", "b"}, {"1", "2"}}},
                                         Case{"crlf", "a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}}},
                                         Case{"cr", "a\r1", {{"a"}, {"1"}}},
                                         Case{"no_last_break", "a,b\n1,2", {{"a", "b"}, {"1", "2"}}},
                                         Case{"bom",
                                              "\xEF\xBB\xBF"
                                              "a\n",
                                              {{"a"}}},
                                         Case{"empty_cells", "a,,\n,\"\",\n", {{"a", "", ""}, {"", "", ""}}},
                                         Case{"comma_in_quotes", "\"a,b\",c\n", {{"a,b", "c"}}},
                                         Case{"quote_in_quotes", "\"a \"\"b\"\"\"\n", {{"a \"b\""}}},
                                         Case{"break_in_quotes", "\"a\nb\",c\n", {{"a\nb", "c"}}},
                                         Case{"crlf_in_quotes", "\"a\r\nb\"\r\n1\r\n", {{"a\r\nb"}, {"1"}}},
                                         Case{"quote_inside_a_bare_cell", "15\" screen,b\n", {{"15\" screen", "b"}}},
                                         Case{"blanks_are_kept", " a ,b \n", {{" a ", "b "}}},
                                         Case{"utf8", "\xCA\xA4,\xE2\x82\xAC\n", {{"\xCA\xA4", "\xE2\x82\xAC"}}},
                                         Case{"blank_lines_are_left_out", "a\n\n\r\nb\n", {{"a"}, {"b"}}}),
                         [](const auto& one) { return one.param.name; });

TEST(ParseCsv, NumbersRowsAsASheetDoes) {
  const Csv csv = ParseCsv("a\n\"1\n2\"\n\nb\n");
  ASSERT_EQ(csv.rows.size(), 3U);
  EXPECT_EQ(csv.rows[1].row, 2);
  EXPECT_EQ(csv.rows[2].row, 4);
}

TEST(ParseCsv, SaysWhereAQuoteIsWrong) {
  EXPECT_EQ(ParseCsv("a\n\"b\nc").error_row, 2);
  EXPECT_THAT(ParseCsv("a\n\"b\nc").error, testing::HasSubstr("never closed"));
  EXPECT_EQ(ParseCsv("a\nb\n\"He said \"hi\"\"\n").error_row, 3);
  EXPECT_THAT(ParseCsv("a\nb\n\"He said \"hi\"\"\n").error, testing::HasSubstr("closing quote"));
}

}  // namespace
}  // namespace tr::rules
