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

}  // namespace
}  // namespace tr::route
