#include "rules/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rules/rules_testing.h"

namespace tr::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ParseRuleBook, TakesTheExampleWithoutAWord) {
  const ParsedBook parsed = ParseRuleBook(ExampleFiles());
  EXPECT_THAT(Lines(parsed.problems), IsEmpty());
  ASSERT_NE(parsed.book, nullptr);
}

TEST(ParseRuleBook, ReadsTheExamplesSheet) {
  const RuleBook book = BookOf(ExampleFiles());
  ASSERT_EQ(book.topics.size(), 10U);
  EXPECT_EQ(book.topics[0].name, "refund");
  EXPECT_EQ(book.topics[0].place, (Place{"Billing", ""}));
  EXPECT_EQ(book.topics[0].urgency, Urgency::kMedium);
  EXPECT_EQ(book.topics[0].examples.size(), 3U);
  EXPECT_EQ(book.topics[8].place, (Place{"Sales", "nora@shop.example"}));
  EXPECT_EQ(book.topics[8].hold_below, 0.8);
  EXPECT_EQ(book.topics[9].row, 11);
  ASSERT_EQ(book.teams.size(), 5U);
  EXPECT_EQ(book.teams[1].hours.size(), 11U);
  EXPECT_EQ(book.teams[1].hours[0], (WeekSpan{8 * 60, 12 * 60}));
  EXPECT_EQ(book.teams[1].take_within, std::chrono::minutes(60));
  EXPECT_TRUE(book.teams[2].always_open);
  EXPECT_EQ(book.teams[3].slack_channel, "");
  EXPECT_EQ(book.triage, "Triage");
}

TEST(ParseRuleBook, ReadsTheExamplesDoc) {
  const RuleBook book = BookOf(ExampleFiles());
  ASSERT_EQ(book.urgency_words.size(), 2U);
  EXPECT_EQ(book.urgency_words[0].phrases[0].words, std::vector<std::string>{"urgent"});
  EXPECT_TRUE(book.urgency_words[0].phrases[0].open_end);
  EXPECT_EQ(book.urgency_words[0].phrases[0].text, "urgent*");
  ASSERT_EQ(book.signal_words.size(), 3U);
  EXPECT_EQ(book.signal_words[0].phrases[1].words, (std::vector<std::string>{"error", "502"}));
  ASSERT_EQ(book.vips.size(), 3U);
  EXPECT_EQ(book.vip_floor, Urgency::kMedium);
  EXPECT_EQ(book.vips[0].goes_to, (Place{"Billing", "dana@shop.example"}));
  EXPECT_EQ(book.vips[1].goes_to, (Place{"Technical", ""}));
  EXPECT_EQ(book.vips[1].at_least, Urgency::kHigh);
  EXPECT_FALSE(book.vips[2].sender.whole_domain);
  ASSERT_EQ(book.not_tickets.size(), 2U);
  EXPECT_EQ(book.not_tickets[0].conditions[0].senders.size(), 2U);
  ASSERT_EQ(book.special_routes.size(), 3U);
  EXPECT_EQ(book.special_routes[2].place, (Place{"Sales", "eli@shop.example"}));
  ASSERT_EQ(book.priority_rules.size(), 6U);
  EXPECT_EQ(book.priority_rules[5].rank, Rank::kNormal);
  EXPECT_TRUE(book.priority_rules[5].conditions[1].negated);
  EXPECT_EQ(book.priority_rules[5].bullet.text, "from @monitoring.example and not angry -> normal");
  EXPECT_EQ(book.hold_limits.less_sure_than, std::nullopt);
  EXPECT_EQ(book.hold_limits.shorter_than_words, 3);
  EXPECT_EQ(book.hours.closed.size(), 2U);
  ASSERT_EQ(book.hours.away.size(), 1U);
  EXPECT_EQ(book.hours.away[0].instead, "luis@shop.example");
}

TEST(ParseRuleBook, KeepsTheLineOfEveryBullet) {
  const RuleFiles files = ExampleFiles();
  const RuleBook book = BookOf(files);
  std::vector<std::string> lines;
  std::istringstream text(files.rules);
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  for (const PriorityRule& rule : book.priority_rules) {
    EXPECT_EQ(lines[static_cast<std::size_t>(rule.bullet.line) - 1], "- " + rule.bullet.text);
  }
}

// tests/data/rules: a folder for each mistake, with the pieces that differ from the example and what is then said.
class Mistake : public testing::TestWithParam<std::string> {};

TEST_P(Mistake, IsExplained) {
  const std::filesystem::path folder = SourceFolder() / "tests/data/rules" / GetParam();
  RuleFiles files = WithDoc("## Urgency words\n- high: urgent*\n");
  files.topics = ReadIfThere(folder / "topics.csv").value_or(files.topics);
  files.teams = ReadIfThere(folder / "teams.csv").value_or(files.teams);
  files.rules = ReadIfThere(folder / "rules.md").value_or(files.rules);
  files.tests = ReadIfThere(folder / "rules.tests.csv");
  const ParsedBook parsed = ParseRuleBook(files);
  std::string said;
  for (const std::string& line : Lines(parsed.problems)) said += line + "\n";
  EXPECT_EQ(said, ReadIfThere(folder / "expected.txt").value_or("no expected.txt"));
  const bool error = std::any_of(parsed.problems.begin(), parsed.problems.end(),
                                 [](const Problem& problem) { return problem.severity == Severity::kError; });
  EXPECT_EQ(parsed.book == nullptr, error);
}

std::vector<std::string> Mistakes() {
  std::vector<std::string> names;
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(SourceFolder() / "tests/data/rules", absent)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Data, Mistake, testing::ValuesIn(Mistakes()), [](const auto& one) {
  std::string name = one.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

// A doc with one bullet in the given line.
RuleFiles BulletAt(int line, const std::string& heading, const std::string& bullets) {
  const auto gap = static_cast<std::size_t>(line - 2);
  return WithDoc("## " + heading + "\n" + std::string(gap, '\n') + bullets + "\n");
}

struct Shape {
  std::string said;
  RuleFiles files;
};

// The messages that the manual of the language shows, word for word.
TEST(ParseRuleBook, SaysWhatTheManualShows) {
  std::string six;
  for (int i = 0; i < 6; ++i) six += "- angry and says lawyer -> escalate\n";
  RuleFiles hours = ExampleFiles();
  const std::string lunch = "\"Mon-Fri 8:00-12:00, 12:30-17:00; Sat 9:00-13:00\"";
  hours.teams.replace(hours.teams.find(lunch), lunch.size(), "9-5");
  RuleFiles omar = ExampleFiles();
  omar.teams.replace(omar.teams.find("\"omar@shop.example, "), 20, "\"");
  const std::string damaged = "wrong or incomplete\",Shipping";
  omar.topics.replace(omar.topics.find(damaged), damaged.size(), "wrong or incomplete\",omar@shop.example");
  const std::vector<Shape> shapes = {
      {"rules.md line 41: \"angry or VIP and high -> escalate\" can be read two ways. Write two bullets: \"angry and "
       "high -> escalate\" and \"VIP and high -> escalate\".",
       BulletAt(41, "Priority rules", "- angry or VIP and high -> escalate")},
      {"rules.md line 23: \"goes to Biling\": no such team. Did you mean Billing? Teams: Billing, Sales, Shipping, "
       "Technical, Triage.",
       BulletAt(23, "VIP customers", "- @northwind.example: goes to Biling")},
      {"rules.md line 47: heading \"Prioritty rules\" is unknown, so its 6 bullets would do nothing. Did you mean "
       "\"Priority rules\"?",
       WithDoc(std::string(46, '\n') + "## Prioritty rules\n" + six)},
      {"rules.md line 24 (warning): @gmail.com is a free mail service: everyone there would be a VIP. Write whole "
       "addresses.",
       BulletAt(24, "VIP customers", "- @gmail.com")},
      {"rules.md line 58 (warning): \"lane is chat -> normal\" also calms angry, VIP and outage tickets. Add \"and not "
       "angry and not VIP\".",
       BulletAt(58, "Priority rules", "- lane is chat -> normal")},
      {"topics row 6, column Team: omar@shop.example is in no team's Members, so has no queue. Add him to a team.",
       omar},
      {"teams row 3, Hours \"9-5\": ends before it starts. Write Mon-Fri 9:00-17:00.", hours},
  };
  for (const Shape& shape : shapes) EXPECT_THAT(Lines(ParseRuleBook(shape.files).problems), ElementsAre(shape.said));
}

TEST(ParseRuleBook, FindsAllMistakesAtOnceInTheOrderOfTheFiles) {
  RuleFiles files = WithDoc("## Priority rules\n- furious -> escalate\n- says lawyer -> escalade\n");
  files.topics.replace(files.topics.find("Technical,medium"), 9, "Tecnical,");
  files.teams.replace(files.teams.find("always"), 6, "9-5");
  std::vector<std::string> places;
  for (const std::string& line : Lines(ParseRuleBook(files).problems)) places.push_back(line.substr(0, line.find(':')));
  EXPECT_THAT(places, ElementsAre("topics row 7, column Team", "topics row 7, column Hold below",
                                  "teams row 4, Hours \"9-5\"", "rules.md line 2", "rules.md line 3"));
}

struct Unreadable {
  std::string name;
  std::string text;
  std::string doc_says;
  std::string sheet_says;
};

TEST(ParseRuleBook, RefusesWhatIsNoText) {
  const std::vector<Unreadable> pieces = {
      {"NUL", std::string("a\nb\0c\n", 6),
       "rules.md line 2: holds a NUL byte, so it is no text. Save it again as plain text.",
       "topics: line 2 of the file holds a NUL byte, so it is no text. Save it again as plain text."},
      {"Latin-1", "a\nb\nS\xFC\xDF\n", "rules.md line 3: is not UTF-8 text. Save it as UTF-8.",
       "topics: line 3 of the file is not UTF-8 text. Save it as UTF-8."},
      {"UTF-16", std::string("\xFF\xFE-\0", 4), "rules.md: is UTF-16 text. Save it as UTF-8.",
       "topics: is UTF-16 text. Save it as UTF-8."},
      {"large", std::string(1024 * 1024 + 1, 'a'), "rules.md: is larger than 1 MiB. Make it shorter.",
       "topics: is larger than 1 MiB. Make it shorter."},
  };
  for (const Unreadable& piece : pieces) {
    EXPECT_THAT(Lines(ParseRuleBook(WithDoc(piece.text)).problems), ElementsAre(piece.doc_says)) << piece.name;
    RuleFiles files = WithDoc("## Special routes\n- topic is refund -> Billing\n");
    files.topics = piece.text;
    const ParsedBook parsed = ParseRuleBook(files);
    EXPECT_THAT(Lines(parsed.problems), ElementsAre(piece.sheet_says)) << piece.name;
    EXPECT_EQ(parsed.book, nullptr);
  }
}

TEST(ParseRuleBook, TakesAPieceOfExactlyOneMebibyte) {
  const std::string head = "## Urgency words\n- high: urgent*\n\n";
  EXPECT_NE(ParseRuleBook(WithDoc(head + std::string(1024 * 1024 - head.size(), 'a'))).book, nullptr);
}

TEST(ParseRuleBook, GivesNothingForNothing) {
  EXPECT_EQ(ParseRuleBook({}).book, nullptr);
  EXPECT_FALSE(ParseRuleBook({}).problems.empty());
}

std::string Repeat(const std::string& text) {
  std::string all;
  while (all.size() + text.size() <= 128 * 1024) all += text;
  return all;
}

// Each takes milliseconds when the work is linear and minutes when it is not; the room's time-out is the judge.
TEST(ParseRuleBook, StaysCheapOnHostilePieces) {
  for (const std::string& doc :
       {"## Priority rules\n- " + Repeat("angry or ") + "VIP -> escalate\n",
        "## Priority rules\n- " + Repeat("angry and not calm and ") + "VIP -> escalate\n",
        "## Priority rules\n" + Repeat("- says a and b -> escalate\n"),
        "## Priority rules\n" + Repeat("- says a -> escalate\n"), "## Special routes\n" + Repeat("- topic is x -> y\n"),
        "## Urgency words\n- high: " + Repeat("a, "), "## Urgency words\n- high: " + Repeat("a "),
        "## VIP customers\n" + Repeat("- @a.example\n"), "## VIP customers\n- @a.example: " + Repeat("goes to x, "),
        "## Hours\n- closed: " + Repeat("2026-12-24, "), "## Urgency words\n- " + Repeat("["),
        "## Urgency words\n- " + Repeat("[]("), "## Urgency words\n- " + Repeat("<"), Repeat("#"), Repeat("# a\n- b\n"),
        Repeat("a\n"), Repeat("\"")}) {
    EXPECT_LE(ParseRuleBook(WithDoc(doc)).problems.size(), 501U) << doc.substr(0, 60);
  }
  RuleFiles files = ExampleFiles();
  for (const std::string& sheet : {"Topic,Meaning,Team\n" + Repeat("a,b,c\n"), Repeat("a,"), Repeat("\""),
                                   "Topic,Meaning,Team\n" + Repeat("a@b.example,b,a@b.example\n").substr(0, 250000)}) {
    files.topics = sheet;
    EXPECT_LE(ParseRuleBook(files).problems.size(), 501U) << sheet.substr(0, 60);
  }
}

TEST(Format, NamesThePlaceAsFarAsItIsKnown) {
  EXPECT_EQ(Format({Severity::kError, "topics", 0, "", "is gone."}), "topics: is gone.");
  EXPECT_EQ(Format({Severity::kNote, "topics", 1, "", "is new."}), "topics row 1 (note): is new.");
  EXPECT_EQ(Format({Severity::kWarning, "teams", 3, "Inbox", "is shared."}),
            "teams row 3, column Inbox (warning): is shared.");
}

}  // namespace
}  // namespace tr::rules
