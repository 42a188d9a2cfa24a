#include "rules/lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/cover.h"
#include "rules/rules_testing.h"

namespace tr::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(LintTopics, NamesATopicThatNobodyWritesTo) {
  const RuleBook book = BookOf(ExampleFiles());
  std::map<std::string, int> tickets = {{"refund", 40},  {"payment", 30}, {"invoice", 20}, {"delivery", 50},
                                        {"damaged", 10}, {"Login", 20},   {"website", 5},  {"product", 20},
                                        {"privacy", 3},  {"unsure", 2}};
  EXPECT_THAT(Lines(LintTopics(book, tickets)),
              ElementsAre("topics row 10 (warning): nobody wrote about \"wholesale\" in the last 200 tickets. Say its "
                          "Meaning more plainly, or delete it."));
  tickets["wholesale"] = 1;
  EXPECT_THAT(LintTopics(book, tickets), IsEmpty());
}

TEST(LintTopics, SaysNothingOfAFewTickets) {
  const RuleBook book = BookOf(ExampleFiles());
  EXPECT_THAT(LintTopics(book, {{"refund", 19}}), IsEmpty());
  EXPECT_THAT(LintTopics(book, {{"refund", 20}}), SizeIs(9));
}

TEST(LintIntake, NamesAnInboxThatIsAnIntakeAddress) {
  const RuleBook book = BookOf(ExampleFiles());
  EXPECT_THAT(
      Lines(LintIntake(book, {"support@shop.example", "Tech@Shop.example"})),
      ElementsAre("teams row 4, column Inbox (warning): tech@shop.example is also an intake address: what the team "
                  "gets there would come in again as tickets. Give the team an inbox of its own."));
  EXPECT_THAT(LintIntake(book, {"support@shop.example"}), IsEmpty());
}

Phrase PhraseOf(std::vector<std::string> words, bool open_end = false) { return {std::move(words), open_end, {}}; }

TEST(Covers, KnowsPhrasesThatHoldOthers) {
  EXPECT_TRUE(Covers(PhraseOf({"urgent"}, true), PhraseOf({"urgently"})));
  EXPECT_TRUE(Covers(PhraseOf({"urgent"}, true), PhraseOf({"urgently"}, true)));
  EXPECT_TRUE(Covers(PhraseOf({"is", "down"}), PhraseOf({"site", "is", "down"})));
  EXPECT_FALSE(Covers(PhraseOf({"urgent"}), PhraseOf({"urgent"}, true)));
  EXPECT_FALSE(Covers(PhraseOf({"urgently"}), PhraseOf({"urgent"}, true)));
  EXPECT_FALSE(Covers(PhraseOf({"site", "is", "down"}), PhraseOf({"is", "down"})));
  EXPECT_FALSE(Covers(PhraseOf({"site", "down"}), PhraseOf({"site", "is", "down"})));
}

TEST(Covers, KnowsSendersThatHoldOthers) {
  const Sender domain{"@globex.example", true};
  EXPECT_TRUE(Covers(domain, Sender{"@eu.globex.example", true}));
  EXPECT_TRUE(Covers(domain, Sender{"joe@globex.example", false}));
  EXPECT_FALSE(Covers(domain, Sender{"@notglobex.example", true}));
  EXPECT_FALSE(Covers(Sender{"joe@globex.example", false}, domain));
}

struct Pair {
  std::string wide;
  std::string narrow;
  bool covers;
};

class CoversRule : public testing::TestWithParam<Pair> {};

TEST_P(CoversRule, AsTheTableSays) {
  const RuleBook book = BookOf(WithDoc("## VIP customers\n- @v.example\n\n## Priority rules\n- " + GetParam().wide +
                                       " -> priority\n- " + GetParam().narrow + " -> escalate\n"));
  ASSERT_EQ(book.priority_rules.size(), 2U);
  Effort effort(1000);
  EXPECT_EQ(Covers(book.priority_rules[0].conditions, book.priority_rules[1].conditions, effort), GetParam().covers);
}

INSTANTIATE_TEST_SUITE_P(Rules, CoversRule,
                         testing::Values(Pair{"angry", "angry and VIP", true}, Pair{"angry and VIP", "angry", false},
                                         Pair{"not calm", "angry", true}, Pair{"not angry", "frustrated and VIP", true},
                                         Pair{"not angry", "VIP", false}, Pair{"not low", "high", true},
                                         Pair{"topic is refund, payment", "topic is refund", true},
                                         Pair{"topic is refund", "topic is refund, payment", false},
                                         Pair{"not topic is refund", "topic is payment", true},
                                         Pair{"not topic is refund", "not topic is refund, payment", true},
                                         Pair{"says lawyer", "subject says lawyer", true},
                                         Pair{"subject says lawyer", "says lawyer", false},
                                         Pair{"not subject says lawyer", "not says lawyer", true},
                                         Pair{"says down", "says \"site is down\"", true},
                                         Pair{"from @a.example", "from joe@a.example and high", true},
                                         Pair{"not from @a.example", "from @b.example", true},
                                         Pair{"not from joe@a.example", "from @a.example", false},
                                         Pair{"outage", "deadline", false},
                                         Pair{"not lane is mail", "lane is chat", true}));

TEST(Covers, IsFalseWhenTheEffortIsSpent) {
  const RuleBook book = BookOf(ExampleFiles());
  Effort effort(0);
  EXPECT_FALSE(Covers(book.priority_rules[0].conditions, book.priority_rules[0].conditions, effort));
}

}  // namespace
}  // namespace tr::rules
