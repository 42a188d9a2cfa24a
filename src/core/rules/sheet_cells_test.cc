#include "rules/sheet_cells.h"

#include <gtest/gtest.h>

#include "rules/suggest.h"

namespace tr::rules {
namespace {

TEST(ParseSpan, TakesMinutesAndHours) {
  const std::vector<std::pair<const char*, int>> spans = {{"30 min", 30}, {"1 h", 60},     {"2 hours", 120},
                                                          {"15min", 15},  {"1h 30m", 90},  {"90 Minutes", 90},
                                                          {"1 hour", 60}, {"720 h", 43200}};
  for (const auto& [text, minutes] : spans) {
    const auto span = ParseSpan(text);
    ASSERT_TRUE(span.ok()) << text;
    EXPECT_EQ(span->count(), minutes) << text;
  }
  for (const char* text : {"", "30", "h", "0 min", "1.5 h", "2 days", "-1 h", "721 h", "99999999999 min", "1 week"}) {
    EXPECT_FALSE(ParseSpan(text).ok()) << text;
  }
}

TEST(ParsePercentage, NeedsTheSign) {
  EXPECT_DOUBLE_EQ(*ParsePercentage("80%"), 0.8);
  EXPECT_DOUBLE_EQ(*ParsePercentage("62.5 %"), 0.625);
  EXPECT_DOUBLE_EQ(*ParsePercentage("0%"), 0);
  for (const char* text : {"", "%", "80", "0.8", "101%", "-1%", "80%%", "nan%", "eighty%"}) {
    EXPECT_FALSE(ParsePercentage(text).ok()) << text;
  }
}

TEST(ParseDate, TakesOneOrderOnly) {
  EXPECT_TRUE(ParseDate("2028-02-29").ok());
  for (const char* text : {"", "2026-02-29", "2026-13-01", "24.12.2026", "2026-12-4", "2026/12/24", "12-24-2026"}) {
    EXPECT_FALSE(ParseDate(text).ok()) << text;
  }
  EXPECT_EQ(ParseDate("24/12/2026").fault().text, "\"24/12/2026\" is not a date. Write 2026-12-24.");
  EXPECT_EQ(ParseDate("05/12/2026").fault().text, "\"05/12/2026\" is not a date. Write it like 2026-12-24.");
}

TEST(IsAddress, KnowsAnAddress) {
  for (const char* text : {"a@b.example", "a.b+c@d-e.example", "o'neil@x.example", "\xC3\xBC@b\xC3\xBC.example"}) {
    EXPECT_TRUE(IsAddress(text)) << text;
  }
  for (const char* text :
       {"", "a", "@b.example", "a@", "a@b", "a b@c.example", "a@b..example", "a@-b.example", "a@b@c.example"}) {
    EXPECT_FALSE(IsAddress(text)) << text;
  }
}

TEST(ParseChannel, TakesANameOrAnId) {
  EXPECT_EQ(*ParseChannel("#help-billing"), "#help-billing");
  EXPECT_EQ(*ParseChannel("C024BE7LH"), "C024BE7LH");
  for (const char* text : {"#", "help", "#Help", "# help", "C0"}) EXPECT_FALSE(ParseChannel(text).ok()) << text;
}

TEST(FormulaFault, KnowsWhatSpreadsheetsShowForAFormulaThatFailed) {
  for (const char* text :
       {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!", " #REF!\t", "Loading..."}) {
    EXPECT_NE(FormulaFault(text), "") << text;
  }
  for (const char* text : {"", "refund", "# refund", "#refund", "#REF", "#help-billing", "see #REF!",
                           "#REF! in a sheet", "Loading", "Loading... slowly", "N/A"}) {
    EXPECT_EQ(FormulaFault(text), "") << text;
  }
}

TEST(Suggest, FindsWhatWasMeant) {
  const std::vector<std::string> teams = {"Billing", "Sales", "Shipping", "Technical", "Triage"};
  EXPECT_EQ(Suggest("Biling", teams), "Billing");
  EXPECT_EQ(Suggest("tech", teams), "Technical");
  EXPECT_EQ(Suggest("SALES", teams), "Sales");
  EXPECT_EQ(Suggest("Marketing", teams), "");
  EXPECT_EQ(Suggest("", teams), "");
  EXPECT_EQ(Suggest(std::string(1000, 'x'), teams), "");
}

TEST(Listing, StopsAfterTwenty) {
  EXPECT_EQ(Listing({"a", "b"}), "a, b");
  const std::string many = Listing(std::vector<std::string>(23, "x"));
  EXPECT_TRUE(many.ends_with(", x and 3 more")) << many;
}

}  // namespace
}  // namespace tr::rules
