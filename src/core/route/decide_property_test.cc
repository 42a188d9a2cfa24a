// What must hold of every decision, asked of thousands of random books, readings and texts.

#include <gtest/gtest.h>

#include <algorithm>

#include "route/decide.h"
#include "route/random_books.h"
#include "rules/match.h"

namespace tr::route {
namespace {

constexpr std::uint64_t kBooks = 800;
constexpr int kQuestionsPerBook = 5;

Time Now(Dice& dice) {
  const auto december = std::chrono::sys_days(std::chrono::year(2026) / 12 / 1);
  return Time(december + std::chrono::minutes(dice.Roll(60 * 24 * 60)));
}

// Asks `check` of every book and question. A failure names the seed: run it alone by setting both loops to it.
template <typename Check>
void ForRandom(BookKind kind, Check check) {
  for (std::uint64_t seed = 1; seed <= kBooks; ++seed) {
    Dice dice(seed);
    const rules::RuleBook book = RandomBook(dice, kind);
    for (int i = 0; i < kQuestionsPerBook; ++i) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", question " + std::to_string(i));
      const Reading reading = RandomReading(dice);
      Question question = RandomQuestion(dice);
      if (!dice.OneIn(6)) question.reading = &reading;
      check(book, question, dice);
      if (testing::Test::HasFailure()) return;
    }
  }
}

bool IsStandIn(const rules::RuleBook& book, const std::string& person) {
  return std::any_of(book.hours.away.begin(), book.hours.away.end(),
                     [&](const rules::Away& away) { return away.instead == person; });
}

TEST(DecideProperty, NoTicketIsLost) {
  int routed = 0;
  ForRandom(BookKind::kAny, [&](const rules::RuleBook& book, const Question& question, Dice& dice) {
    const Decision decision = Decide(question, book, Now(dice));
    const rules::Team* team = book.FindTeam(decision.team);
    EXPECT_TRUE(team != nullptr ? team->name == decision.team : decision.team == book.triage) << decision.team;
    EXPECT_TRUE(decision.person.empty() || book.TeamOf(decision.person) != nullptr || IsStandIn(book, decision.person));
    EXPECT_TRUE(decision.move != Move::kHold || (decision.team == book.triage && decision.person.empty()));
    EXPECT_TRUE(decision.tags.topic == kUnsure || book.FindTopic(decision.tags.topic) != nullptr);
    ASSERT_FALSE(decision.reasons.empty());
    EXPECT_TRUE(decision.reasons.front().decided);
    routed += decision.move == Move::kHold ? 0 : 1;
  });
  EXPECT_GT(routed, 400) << "the random books must not hold everything";
}

TEST(DecideProperty, NeverHeldWhenSomebodyOrARuleSaysWhere) {
  int pinned = 0;
  ForRandom(BookKind::kAny, [&](const rules::RuleBook& book, const Question& question, Dice& dice) {
    const Decision decision = Decide(question, book, Now(dice));
    const rules::SearchText text(question.subject, question.new_text);
    rules::Facts facts{question.lane,
                       question.from,
                       question.verification == Verification::kFailed,
                       &text,
                       decision.tags.topic,
                       decision.tags.urgency,
                       decision.tags.tone,
                       decision.tags.signals,
                       decision.tags.vip};
    if (facts.topic == kUnsure) facts.topic = {};
    const rules::Vip* vip = rules::FindVip(book, facts.from, facts.sender_failed);
    const bool special = std::any_of(book.special_routes.begin(), book.special_routes.end(),
                                     [&](const auto& route) { return rules::Fit(route.conditions, facts, nullptr); });
    if (!question.fixed_place && !special && (vip == nullptr || !vip->goes_to)) return;
    ++pinned;
    EXPECT_NE(decision.move, Move::kHold);
  });
  EXPECT_GT(pinned, 400);
}

TEST(DecideProperty, TheSameQuestionGetsTheSameAnswer) {
  ForRandom(BookKind::kAny, [](const rules::RuleBook& book, const Question& question, Dice& dice) {
    const Time now = Now(dice);
    const rules::RuleBook copy = book;
    EXPECT_EQ(Decide(question, book, now), Decide(question, copy, now));
  });
}

TEST(DecideProperty, TheOrderOfPriorityRulesDoesNotMatter) {
  ForRandom(BookKind::kAny, [](const rules::RuleBook& book, const Question& question, Dice& dice) {
    const Time now = Now(dice);
    rules::RuleBook shuffled = book;
    auto& rules = shuffled.priority_rules;
    for (std::size_t i = rules.size(); i > 1; --i) std::swap(rules[i - 1], rules[dice.Roll(i)]);
    EXPECT_EQ(Decide(question, book, now), Decide(question, shuffled, now));
  });
}

TEST(DecideProperty, AWordNeverLowersUrgencyOrTakesASignalAway) {
  ForRandom(BookKind::kAny, [](const rules::RuleBook& book, const Question& question, Dice& dice) {
    const Time now = Now(dice);
    const Decision before = Decide(question, book, now);
    const Urgency read = question.reading == nullptr ? Urgency::kLow : question.reading->urgency;
    EXPECT_TRUE(question.bumped || before.tags.urgency >= read);
    Question wordier = question;
    wordier.new_text += " " + std::string(dice.Pick(kVocabulary));
    const Decision after = Decide(wordier, book, now);
    EXPECT_GE(after.tags.urgency, before.tags.urgency);
    EXPECT_EQ(after.tags.signals | before.tags.signals, after.tags.signals);
    EXPECT_EQ(after.tags.urgency, question.bumped.value_or(after.tags.urgency)) << "a human stands above words";
  });
}

TEST(DecideProperty, WorseNeverRanksLowerUnlessARuleSaysSo) {
  int raised = 0;
  ForRandom(BookKind::kRising, [&](const rules::RuleBook& book, const Question& question, Dice& dice) {
    const Time now = Now(dice);
    const Decision before = Decide(question, book, now);
    Question worse = question;
    Reading reading = question.reading == nullptr ? Reading() : *question.reading;
    if (question.reading == nullptr) reading.topic = kUnsure;
    if (dice.OneIn(2)) reading.urgency = std::max(reading.urgency, dice.Pick(kUrgencies));
    if (dice.OneIn(2)) reading.tone = std::max(reading.tone, dice.Pick(kTones));
    if (dice.OneIn(2)) reading.signals.Add(dice.Pick(kSignalKinds));
    if (dice.OneIn(2)) worse.new_text += " " + std::string(dice.Pick(kVocabulary));
    if (question.bumped) worse.bumped = std::max(*question.bumped, dice.Pick(kUrgencies));
    worse.reading = &reading;
    const Decision after = Decide(worse, book, now);
    EXPECT_GE(after.rank, before.rank);
    raised += after.rank > before.rank ? 1 : 0;
  });
  EXPECT_GT(raised, 200);
}

TEST(DecideProperty, AHeldTicketKeepsTheRankThatItsMoveWouldHaveHad) {
  int held = 0;
  ForRandom(BookKind::kAny, [&](const rules::RuleBook& book, const Question& question, Dice& dice) {
    const Time now = Now(dice);
    const Decision decision = Decide(question, book, now);
    if (decision.move != Move::kHold) return;
    ++held;
    Question placed = question;
    placed.fixed_place = true;
    EXPECT_EQ(Decide(placed, book, now).rank, decision.rank);
  });
  EXPECT_GT(held, 400);
}

TEST(DecideProperty, OnePingForEveryRankAboveNormalAndNoneForMachines) {
  ForRandom(BookKind::kAny, [](const rules::RuleBook& book, const Question& question, Dice& dice) {
    const Time now = Now(dice);
    const Decision decision = Decide(question, book, now);
    const bool due = decision.rank != Rank::kNormal && !question.automated;
    ASSERT_EQ(decision.pings.size(), due ? 1U : 0U);
    if (!due) return;
    EXPECT_GE(decision.pings.front().due, now);
    EXPECT_LE(decision.pings.front().due, now + std::chrono::days(400));
    EXPECT_EQ(decision.pings.front(), FirstPing(book, decision.team, decision.rank, decision.move == Move::kHold, now));
  });
}

// Not a property of single questions: swapping two special routes that both fit must change where the ticket goes.
TEST(DecideProperty, TheOrderOfSpecialRoutesMatters) {
  int swapped = 0;
  ForRandom(BookKind::kAny, [&](const rules::RuleBook& book, const Question& question, Dice& dice) {
    if (book.special_routes.size() < 2) return;
    const Time now = Now(dice);
    rules::RuleBook other = book;
    std::reverse(other.special_routes.begin(), other.special_routes.end());
    const Decision before = Decide(question, book, now);
    const Decision after = Decide(question, other, now);
    EXPECT_EQ(before.move, after.move);
    EXPECT_EQ(before.rank, after.rank);
    swapped += before.team != after.team || before.person != after.person ? 1 : 0;
  });
  EXPECT_GT(swapped, 40);
}

}  // namespace
}  // namespace tr::route
