#include "rules/book.h"

#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace tr::rules {
namespace {

TEST(RuleBook, FindsNamesInAnyCase) {
  RuleBook book;
  book.topics.resize(2);
  book.topics[0].name = "Gr\u00f6\u00dfe";
  book.topics[1].name = "refund";
  EXPECT_EQ(book.FindTopic("REFUND"), &book.topics[1]);
  EXPECT_EQ(book.FindTopic("GR\u00d6SSE"), &book.topics[0]);
  EXPECT_EQ(book.FindTopic("refunds"), nullptr);
  EXPECT_EQ(book.FindTopic(""), nullptr);
  EXPECT_EQ(book.FindTeam("Billing"), nullptr);
}

TEST(RuleBook, FindsThePersonsTeam) {
  const RuleBook book = BookOf(ExampleFiles());
  EXPECT_EQ(book.TeamOf("Eli@shop.example")->name, "Sales");
  EXPECT_EQ(book.TeamOf("luis@shop.example")->name, "Billing");
  EXPECT_EQ(book.TeamOf("stranger@shop.example"), nullptr);
  EXPECT_EQ(book.TeamOf(""), nullptr);
}

TEST(RuleBook, PrefersMembersToLeadsAndLeadsToManagers) {
  RuleBook book;
  book.teams.resize(3);
  book.teams[0].name = "A";
  book.teams[0].manager = "x@s.example";
  book.teams[1].name = "B";
  book.teams[1].lead = "x@s.example";
  book.teams[2].name = "C";
  EXPECT_EQ(book.TeamOf("x@s.example")->name, "B");
  book.teams[2].members = {"x@s.example"};
  EXPECT_EQ(book.TeamOf("x@s.example")->name, "C");
}

TEST(RuleBook, KnowsWhatPeopleMayDo) {
  const RuleBook book = BookOf(ExampleFiles());
  EXPECT_EQ(book.RoleOf("morgan@shop.example"), "lead");
  EXPECT_EQ(book.RoleOf("priya@shop.example"), "lead");
  EXPECT_EQ(book.RoleOf("MEI@shop.example"), "agent");
  EXPECT_EQ(book.RoleOf("kim@mail.example"), "");
  EXPECT_EQ(book.RoleOf(""), "");
}

}  // namespace
}  // namespace tr::rules
