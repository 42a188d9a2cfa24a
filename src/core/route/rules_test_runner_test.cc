#include "route/rules_test_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "route/route_testing.h"

namespace tr::route {
namespace {

TEST(RunRuleTests, TheExamplePassesAsItStands) {
  rules::RuleFiles files = ReadRuleFiles("rules-example");
  files.tests = ReadTestFile("rules-example/rules.tests.csv");
  const rules::RuleBookPtr book = ParseOrFail(files);
  ASSERT_NE(book, nullptr);
  const RuleTestReport report = RunRuleTests(files, *book);
  for (const RuleTestResult& result : report.results) {
    EXPECT_TRUE(result.passed) << "row " << result.row << ", " << result.name << ": " << result.difference;
  }
  EXPECT_EQ(report.results.size(), 43U);
  EXPECT_EQ(report.failed(), 0);
  EXPECT_THAT(report.problems, testing::IsEmpty());
}

constexpr std::string_view kHeader =
    "Test,From,Subject,Text,Lane,When,Topic,Sure,Urgency,Tone,Signals,Expect move,Expect team,Expect person,"
    "Expect urgency,Expect ping,Expect because\n";

RuleTestReport RunVelo(std::string tests) {
  rules::RuleFiles files = ReadRuleFiles("route/velo");
  const rules::RuleBookPtr book = ParseOrFail(files);
  files.tests = std::move(tests);
  return book == nullptr ? RuleTestReport() : RunRuleTests(files, *book);
}

struct RowCase {
  std::string row;
  std::string difference;  // empty: the test passes
};

TEST(RunRuleTests, SaysWhatItWantedAndGot) {
  const std::vector<RowCase> table = {
      {"a,kim@mail.example,Hm,Has it been sent?,,2026-07-15 11:00,order,,,,,route,sales,,low,nobody,TOPIC Order", ""},
      {"a,kim@mail.example,Hm,Has it been sent?,,2026-07-15 11:00,order,,,,,,,,,,", ""},
      {"a,kim@mail.example,Hm,Has it been sent?,,2026-07-15 11:00,order,unsure,,,,route,Sales,,,,",
       "Expect move: wanted route, got hold; Expect team: wanted Sales, got Triage (hold)"},
      {"a,kim@mail.example,Hm,Has it been sent?,,2026-07-15 11:00,order,,high,calm,,,,nobody,,nobody,",
       "Expect ping: wanted nobody, got lead sara@velo.example"},
      {"a,kim@mail.example,Hm,Has it been sent?,,2026-07-15 11:00,order,,high,calm,,,,,medium,manager,",
       "Expect urgency: wanted medium, got high; Expect ping: wanted manager, got lead sara@velo.example"},
      {"a,kim@mail.example,Hm,Has it been sent?,,2026-07-15 18:00,order,,low,angry,,,Sales,,,lead at 2026-07-16 09:00,",
       ""},
      {"a,kim@mail.example,Hm,Has it been sent?,,2026-07-15 18:00,order,,low,angry,,,Sales,,,lead,",
       "Expect ping: wanted lead, got lead sara@velo.example at 2026-07-16 09:00"},
      {"a,kim@mail.example,Hm,Has it been sent?,,2026-07-15 11:00,order,,low,angry,,,Sales,,,sara@velo.example,", ""},
      {"a,kim@mail.example,Hm,Has it been sent?,,2026-07-15 11:00,order,,low,calm,,,,tove@velo.example,,,",
       "Expect person: wanted tove@velo.example, got nobody"},
      {"a,kim@mail.example,Hm,Has it been sent?,,2026-07-15 11:00,order,,low,calm,,,,,,,courier",
       "Expect because: wanted \"courier\", got \"topic order\""},
      {"a,kim@mail.example,Press release,Our new bell,,,,,,,,not a ticket,,,,nobody,press release", ""},
      {"a,kim@mail.example,Press release,Our new bell,,,order,,,,,route,Sales,,low,,",
       "Expect move: wanted route, got not a ticket; Expect team: wanted Sales, got not a ticket; Expect urgency: "
       "wanted "
       "low, got not a ticket"},
      {"a,ben@rider.example,Press release,Our new bell,,,order,,,,,Not a Ticket,,,,,",
       "Expect move: wanted not a ticket, got priority"},
      {"a,kim@mail.example,Hm,Has it been sent?,,,(No reading),,,,,hold,,,low,,no reading", ""},
      {"a,kim@mail.example,Hm,Has it been sent?,chat,,order,sure,high,angry,\"outage, payment failure\",escalate,,,,,",
       ""},
  };
  for (const RowCase& row : table) {
    const RuleTestReport report = RunVelo(std::string(kHeader) + row.row + "\n");
    ASSERT_EQ(report.results.size(), 1U) << row.row;
    EXPECT_EQ(report.results[0].difference, row.difference) << row.row;
    EXPECT_EQ(report.results[0].passed, row.difference.empty());
    EXPECT_THAT(report.problems, testing::IsEmpty());
  }
}

TEST(RunRuleTests, ARowThatCannotBeReadFailsAndSaysWhy) {
  const std::vector<RowCase> table = {
      {"a,kim@mail.example,Hm,Sent?,pigeon,,order,,,,,route,,,,,",
       "column Lane: \"pigeon\" is none of mail, form, chat."},
      {"a,kim@mail.example,Hm,Sent?,,tomorrow,order,,,,,route,,,,,",
       "column When: not a date and time. Write it as 2026-12-08 10:00."},
      {"a,kim@mail.example,Hm,Sent?,,,ordr,,,,,route,,,,,",
       "column Topic: \"ordr\": no such topic. Did you mean order?"},
      {"a,kim@mail.example,Hm,Sent?,,,order,maybe,,,,route,,,,,", "column Sure: \"maybe\" is none of sure, unsure."},
      {"a,kim@mail.example,Hm,Sent?,,,order,,huge,,,route,,,,,",
       "column Urgency: \"huge\" is none of low, medium, high."},
      {"a,kim@mail.example,Hm,Sent?,,,order,,,sour,,route,,,,,",
       "column Tone: \"sour\" is none of calm, frustrated, angry."},
      {"a,kim@mail.example,Hm,Sent?,,,order,,,,fire,route,,,,,",
       "column Signals: \"fire\" is none of outage, payment failure, deadline."},
      {"a,kim@mail.example,Hm,Sent?,,,order,,,,,fly,,,,,",
       "column Expect move: \"fly\" is none of route, priority, escalate, hold, not a ticket."},
      {"a,kim@mail.example,Hm,Sent?,,,order,,,,,,,,dire,,",
       "column Expect urgency: \"dire\" is none of low, medium, high."},
      {"a,kim@mail.example,Hm,Sent?,,,order,,,,,,,,,boss,",
       "column Expect ping: \"boss\" is none of nobody, lead, manager, an address."},
      {"a,kim@mail.example,Hm,Sent?,,,order,,,,,,,,,lead at noon,",
       "column Expect ping: not a date and time. Write it as 2026-12-08 10:00."},
  };
  for (const RowCase& row : table) {
    const RuleTestReport report = RunVelo(std::string(kHeader) + row.row + "\n");
    EXPECT_EQ(report.failed(), 1);
    ASSERT_EQ(report.problems.size(), 1U) << row.row;
    EXPECT_EQ(rules::Format(report.problems[0]), "tests row 2 (warning): " + row.difference);
  }
}

TEST(RunRuleTests, HeadersIgnoreCaseSpacesAndUnderscores) {
  const RuleTestReport report = RunVelo(
      "TEST,from,Sub ject,text,topic,expect_team,Colour\n"
      "one,kim@mail.example,Hm,Has it been sent?,order,Sales,blue\n"
      "# two,kim@mail.example,Hm,Has it been sent?,order,Office,blue\n"
      "\n"
      ",kim@mail.example,Hm,Has it been sent?,order,Office\n");
  ASSERT_EQ(report.results.size(), 2U);
  EXPECT_EQ(report.results[0].name, "one");
  EXPECT_TRUE(report.results[0].passed) << report.results[0].difference;
  EXPECT_EQ(report.results[1].name, "row 5");
  EXPECT_EQ(report.failed(), 1);
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_EQ(report.problems[0].severity, rules::Severity::kNote);
}

TEST(RunRuleTests, WithoutItsColumnsNothingRuns) {
  for (const char* tests : {"Test,From,Subject,Expect team\na,b,c,d\n", "Test,From,Subject,Text\na,b,c,d\n"}) {
    const RuleTestReport report = RunVelo(tests);
    EXPECT_THAT(report.results, testing::IsEmpty());
    EXPECT_EQ(report.problems.size(), 1U) << tests;
  }
  EXPECT_THAT(RunVelo("").results, testing::IsEmpty());
  EXPECT_EQ(RunVelo("Test,From,Subject,Text,Expect team\n\"never closed").problems.size(), 1U);
  EXPECT_EQ(RunVelo(std::string(std::size_t{2} << 20, 'x')).problems.size(), 1U);
}

// Without a When, absences and closed days must not decide what a test says.
TEST(RunRuleTests, WithoutAWhenEverybodyIsAtWork) {
  const RuleTestReport report = RunVelo(std::string(kHeader) +
                                        "a,kim@mail.example,Hm,My wheel wobbles,,,repair,,high,,,,Workshop,,,lead,\n"
                                        "b,kim@mail.example,Hm,Has it been sent?,,,order,,high,,,,Sales,,,lead,\n");
  for (const RuleTestResult& result : report.results) EXPECT_TRUE(result.passed) << result.difference;
  EXPECT_EQ(report.results.size(), 2U);
}

}  // namespace
}  // namespace tr::route
