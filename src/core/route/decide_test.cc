#include "route/decide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <iterator>
#include <optional>
#include <sstream>
#include <vector>

#include "base/text.h"
#include "route/route_testing.h"
#include "rules/hours.h"

namespace tr::route {
namespace {

constexpr std::string_view kOrdinaryDay = "2026-07-15 11:00";
constexpr std::size_t kColumns = 8;

// One row of tests/data/route/decisions.txt; what the columns hold stands at the top of that file.
struct Row {
  int line = 0;
  std::vector<std::string> cells;
  const std::string& from() const { return cells[0]; }
  const std::string& text() const { return cells[1]; }
  const std::string& reading() const { return cells[2]; }
  const std::string& said() const { return cells[3]; }
  const std::string& when() const { return cells[4]; }
  const std::string& expect() const { return cells[5]; }
  const std::string& ping() const { return cells[6]; }
  const std::string& because() const { return cells[7]; }
};

std::vector<Row> ReadRows() {
  std::vector<Row> rows;
  int number = 0;
  const std::string table = ReadTestFile("route/decisions.txt");
  for (const std::string_view line : SplitText(table, '\n')) {
    ++number;
    if (Trim(line).empty() || line.starts_with('#')) continue;
    Row row{number, {}};
    for (const std::string_view cell : SplitText(line, '|')) row.cells.emplace_back(Trim(cell));
    EXPECT_EQ(row.cells.size(), kColumns) << "decisions.txt line " << number;
    row.cells.resize(kColumns);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::string> Split(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

std::optional<Reading> MakeReading(const std::string& cell) {
  const std::vector<std::string> words = Split(cell);
  if (words.size() < 4) {
    EXPECT_EQ(cell, "none");
    return std::nullopt;
  }
  Reading reading;
  reading.sure_at = 0.5;
  reading.topic = words[0];
  reading.confidence = std::strtod(words[1].c_str(), nullptr);
  reading.urgency = ParseUrgency(words[2]).value();
  reading.tone = ParseTone(words[3]).value();
  for (std::size_t i = 4; i < words.size(); ++i) reading.signals.Add(ParseSignal(words[i]).value());
  return reading;
}

void Say(Question& question, const std::string& cell) {
  const std::vector<std::string> words = Split(cell);
  if (words.empty()) return;
  const std::string what = words.size() > 1 ? words[1] : "";
  if (words[0] == "lane")
    question.lane = ParseLane(what).value();
  else if (words[0] == "failed")
    question.verification = Verification::kFailed;
  else if (words[0] == "automated")
    question.automated = true;
  else if (words[0] == "bump")
    question.bumped = ParseUrgency(what).value();
  else if (words[0] == "topic")
    question.fixed_topic = what;
  else if (words[0] == "to") {
    question.fixed_place = true;
    (what.find('@') == std::string::npos ? question.fixed_team : question.fixed_person) = what;
  } else {
    ADD_FAILURE() << "decisions.txt: said " << cell;
  }
}

std::string TellPlace(const Decision& decision) {
  std::string text(Name(decision.move));
  if (decision.move == Move::kHold && decision.rank != Rank::kNormal) text += "+" + std::string(Name(decision.rank));
  text += " " + decision.team + " " + (decision.person.empty() ? "-" : decision.person);
  return text + " " + std::string(Name(decision.tags.urgency));
}

std::string TellPing(const Decision& decision, const rules::Team& clock, Time now) {
  if (decision.pings.empty()) return "nobody";
  const Ping& ping = decision.pings.front();
  std::string text = ping.person.empty() ? "channel" : ping.role + " " + ping.person;
  if (ping.due != now) text += " " + rules::FormatLocalTime(clock, ping.due);
  return text;
}

// The deciding reasons, in their order.
std::vector<std::string> Decided(const Decision& decision) {
  std::vector<std::string> texts;
  for (const Reason& reason : decision.reasons) {
    if (reason.decided) texts.push_back(reason.text);
  }
  return texts;
}

// Parts of texts are cut at "; ".
void ExpectBecause(const std::vector<std::string>& decided, std::string_view because) {
  std::vector<testing::Matcher<std::string>> parts;
  for (std::size_t end = 0; end != std::string_view::npos; because.remove_prefix(std::min(end, because.size()))) {
    end = because.find("; ");
    parts.push_back(testing::HasSubstr(std::string(because.substr(0, end))));
    if (end != std::string_view::npos) end += 2;
  }
  EXPECT_THAT(decided, testing::ElementsAreArray(parts));
}

TEST(Decide, AnswersAsTheTableSays) {
  const rules::RuleBookPtr book = ParseOrFail(ReadRuleFiles("route/velo"));
  ASSERT_NE(book, nullptr);
  const rules::Team& clock = *book->FindTeam("Workshop");
  const std::vector<Row> rows = ReadRows();
  EXPECT_GT(rows.size(), 70U);
  for (const Row& row : rows) {
    SCOPED_TRACE("decisions.txt line " + std::to_string(row.line));
    const std::optional<Reading> reading = MakeReading(row.reading());
    Question question;
    question.from = row.from();
    question.new_text = row.text();
    question.reading = reading ? &*reading : nullptr;
    Say(question, row.said());
    const auto now = rules::ParseLocalTime(clock, row.when().empty() ? kOrdinaryDay : row.when());
    ASSERT_TRUE(now.ok());
    const Decision decision = Decide(question, *book, *now);
    EXPECT_EQ(TellPlace(decision), Squeeze(row.expect()));
    EXPECT_EQ(TellPing(decision, clock, *now), Squeeze(row.ping()));
    ExpectBecause(Decided(decision), row.because());
  }
}

// Prints, never fails: how long a decision takes under the example's rules, for a text of ordinary length.
TEST(Decide, Duration) {
  const rules::RuleBookPtr book = ParseOrFail(ReadRuleFiles("rules-example"));
  ASSERT_NE(book, nullptr);
  Reading reading;
  reading.topic = "delivery";
  reading.confidence = 1;
  Question question;
  question.from = "anna.berg@initech.example";
  question.subject = "My parcel has not come";
  for (int i = 0; i < 8; ++i)
    question.new_text += "I ordered the blue one last Friday and it is still on its way, says the page. ";
  question.reading = &reading;
  constexpr int kTimes = 2000;
  const std::clock_t begin = std::clock();
  for (int i = 0; i < kTimes; ++i) EXPECT_EQ(Decide(question, *book, Time()).team, "Shipping");
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::cout << "a decision on " << question.new_text.size() << " bytes: " << seconds / kTimes * 1e6
            << " microseconds of processor time\n";
}

}  // namespace
}  // namespace tr::route
