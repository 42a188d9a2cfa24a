#include "rules/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace tr::rules {
namespace {

using testing::ElementsAre;

constexpr const char* kDoc =
    "## Special routes\n- from @a.example -> Billing\n- from @b.example -> Sales\n\n## Priority rules\n- says lawyer "
    "-> escalate\n";

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  EXPECT_NE(text.find(from), std::string::npos) << from;
  return text.replace(text.find(from), from.size(), to);
}

TEST(Diff, SaysNothingOfTheSameBook) { EXPECT_EQ(Diff(ExampleFiles(), ExampleFiles()).text, "nothing changed"); }

TEST(Diff, CountsWhatChangedInTheDoc) {
  const RuleFiles before = WithDoc(kDoc);
  const auto after = [&](const std::string& doc) { return Diff(before, WithDoc(doc)).text; };
  EXPECT_EQ(after(std::string(kDoc) + "- angry and VIP -> escalate\n- topic is privacy -> priority\n"),
            "2 bullets added");
  EXPECT_EQ(after(Replaced(kDoc, "- says lawyer -> escalate\n", "")), "1 bullet removed");
  EXPECT_EQ(after(Replaced(kDoc, "lawyer", "lawyer, attorney")), "1 bullet changed");
  EXPECT_EQ(after("A note.\n\n" + std::string(kDoc)), "only notes changed");
  EXPECT_EQ(
      after("## Priority rules\n- says lawyer -> escalate\n\n## Special routes\n- from @b.example -> Sales\n- from "
            "@a.example -> Billing\n"),
      "special routes in another order");
}

TEST(Diff, CountsWhatChangedInTheSheet) {
  const RuleFiles before = ExampleFiles();
  RuleFiles after = before;
  after.topics = Replaced(after.topics, "Billing,medium", "Billing,high") + "returns,Sends something back,Shipping\n";
  after.teams = Replaced(after.teams, "30 min", "45 min");
  after.rules += "- one more note\n";
  const BookDiff diff = Diff(before, after);
  EXPECT_EQ(diff.text, "1 topic added, 1 topic changed, 1 team changed");
  EXPECT_THAT(diff.lines, ElementsAre("topic added: returns", "topic changed: refund", "team changed: Billing"));
}

TEST(Diff, TakesARowThatIsSwitchedOffForRemoved) {
  RuleFiles after = ExampleFiles();
  after.topics = Replaced(after.topics, "\nlogin,", "\n# login,");
  EXPECT_EQ(Diff(ExampleFiles(), after).text, "1 topic removed");
}

TEST(Diff, IsBlindToTheOrderOfColumns) {
  RuleFiles before;
  before.topics = "Topic,Meaning,Team\na,b,c\n";
  RuleFiles after;
  after.topics = "team,Topic,Meaning\nc,a,b\n";
  EXPECT_EQ(Diff(before, after).text, "only notes changed");
}

TEST(Diff, NamesEachBulletWithItsLine) {
  const BookDiff diff = Diff(WithDoc(kDoc), WithDoc(Replaced(kDoc, "lawyer", "attorney")));
  EXPECT_THAT(diff.lines,
              ElementsAre("rules.md line 6 changed: \"says attorney -> escalate\", was \"says lawyer -> escalate\""));
}

TEST(Diff, IsTotal) {
  RuleFiles bad;
  bad.topics = "\"";
  bad.rules = "## Priority rules\n- \xFF\n";
  EXPECT_EQ(Diff(bad, {}).text, "1 bullet removed");
}

}  // namespace
}  // namespace tr::rules
