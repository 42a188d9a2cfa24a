#include "route/rules_tests.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "base/text.h"
#include "rules/hours.h"
#include "rules/suggest.h"

namespace tr::route {
namespace {

using rules::Problem;
using rules::RuleBook;
using rules::Severity;

constexpr std::size_t kMaxBytes = std::size_t{1} << 20;  // parse.h: of each piece
constexpr std::string_view kFile = "tests";

enum Column : std::size_t {
  kTest,
  kFrom,
  kSubject,
  kText,
  kLane,
  kWhen,
  kTopic,
  kSure,
  kUrgency,
  kTone,
  kSignals,
  kExpectMove,
  kExpectTeam,
  kExpectPerson,
  kExpectUrgency,
  kExpectPing,
  kExpectBecause,
  kColumns
};

constexpr std::array<std::string_view, kColumns> kTitles = {
    "Test",        "From",          "Subject",        "Text",        "Lane",          "When",
    "Topic",       "Sure",          "Urgency",        "Tone",        "Signals",       "Expect move",
    "Expect team", "Expect person", "Expect urgency", "Expect ping", "Expect because"};
constexpr std::array<Column, 4> kRequired = {kTest, kFrom, kSubject, kText};

// Headers ignore case, spaces and underscores.
std::string Key(std::string_view title) {
  std::string key = ToLowerAscii(title);
  std::erase_if(key, [](char c) { return c == ' ' || c == '_' || c == '\t' || c == '\r' || c == '\n'; });
  return key;
}

// Which cell of a row stands in which column.
class Header {
 public:
  Header(const rules::CsvRow& row, std::vector<Problem>& problems) {
    for (std::size_t cell = 0; cell < row.cells.size(); ++cell) Place(row, cell, problems);
    for (const Column column : kRequired) {
      if (!at_[column]) Miss(row, kTitles[column], problems);
    }
    const bool expects =
        std::any_of(at_.begin() + kExpectMove, at_.end(), [](const auto& at) { return at.has_value(); });
    if (!expects) Miss(row, "Expect …", problems);
  }

  bool complete() const { return complete_; }

  std::string_view Cell(const rules::CsvRow& row, Column column) const {
    const auto& at = at_[column];
    return at && *at < row.cells.size() ? Trim(row.cells[*at]) : std::string_view();
  }

 private:
  void Place(const rules::CsvRow& row, std::size_t cell, std::vector<Problem>& problems) {
    const std::string key = Key(row.cells[cell]);
    const auto found = std::find_if(kTitles.begin(), kTitles.end(), [&](auto title) { return Key(title) == key; });
    if (found != kTitles.end()) {
      auto& at = at_[static_cast<std::size_t>(found - kTitles.begin())];
      if (!at) at = cell;
    } else if (!key.empty() && problems.size() < 20) {
      const std::vector<std::string> known(kTitles.begin(), kTitles.end());
      problems.push_back({Severity::kNote, std::string(kFile), row.row, CutText(row.cells[cell], 60),
                          "unknown column, not read." + rules::DidYouMean(row.cells[cell], known)});
    }
  }

  void Miss(const rules::CsvRow& row, std::string_view title, std::vector<Problem>& problems) {
    complete_ = false;
    problems.push_back({Severity::kWarning, std::string(kFile), row.row, std::string(title),
                        "the column is missing, so no test was run. Add it."});
  }

  std::array<std::optional<std::size_t>, kColumns> at_;
  bool complete_ = true;
};

// Reads one row; the first cell that cannot be read becomes the test's trouble.
class RowReader {
 public:
  RowReader(const Header& header, const rules::CsvRow& row, const RuleBook& book)
      : header_(header), row_(row), book_(book) {}

  RuleTest Read() {
    test_.row = row_.row;
    test_.name = Cell(kTest).empty() ? "row " + std::to_string(row_.row) : std::string(Cell(kTest));
    ReadQuestion();
    ReadReading();
    ReadWhen();
    ReadExpectations();
    return std::move(test_);
  }

 private:
  std::string_view Cell(Column column) const { return header_.Cell(row_, column); }

  void Trouble(Column column, std::string text) {
    if (test_.trouble.empty()) test_.trouble = "column " + std::string(kTitles[column]) + ": " + std::move(text);
  }

  // The cell's word as `parse` reads it; nothing for a blank cell, and trouble for an unknown word.
  template <typename Value>
  std::optional<Value> Word(Column column, std::optional<Value> (*parse)(std::string_view), std::string_view known) {
    const std::string word = ToLowerAscii(Cell(column));
    if (word.empty()) return std::nullopt;
    const auto value = parse(word);
    if (!value) Trouble(column, "\"" + CutText(word, 60) + "\" is none of " + std::string(known) + ".");
    return value;
  }

  void ReadQuestion() {
    test_.question.from = ToLowerAscii(Cell(kFrom));
    test_.question.subject = Cell(kSubject);
    test_.question.new_text = Cell(kText);
    test_.question.lane = Word(kLane, ParseLane, "mail, form, chat").value_or(Lane::kMail);
  }

  void ReadReading() {
    if (Key(Cell(kTopic)) == "(noreading)") return;
    Reading reading;
    reading.reader = "test";
    reading.topic = Topic();
    reading.confidence = Sure() ? 1 : -1;  // above, or below, whatever limit a book can have
    reading.urgency = Word(kUrgency, ParseUrgency, "low, medium, high").value_or(Urgency::kLow);
    reading.tone = Word(kTone, ParseTone, "calm, frustrated, angry").value_or(Tone::kCalm);
    reading.signals = SignalsOf(Cell(kSignals));
    test_.reading = std::move(reading);
  }

  std::string Topic() {
    const std::string_view written = Cell(kTopic);
    if (written.empty() || EqualsIgnoreCaseAscii(written, kUnsure)) return std::string(kUnsure);
    const rules::Topic* topic = book_.FindTopic(written);
    if (topic != nullptr) return topic->name;
    std::vector<std::string> known;
    for (const rules::Topic& one : book_.topics) known.push_back(one.name);
    Trouble(kTopic, "\"" + CutText(written, 60) + "\": no such topic." + rules::DidYouMean(written, known));
    return std::string(kUnsure);
  }

  bool Sure() {
    const std::string word = ToLowerAscii(Cell(kSure));
    if (word == "unsure") return false;
    if (!word.empty() && word != "sure") Trouble(kSure, "\"" + CutText(word, 60) + "\" is none of sure, unsure.");
    return true;
  }

  Signals SignalsOf(std::string_view cell) {
    Signals signals;
    for (const std::string_view part : SplitText(cell, ',')) {
      const std::string word = ToLowerAscii(Trim(part));
      const auto signal = ParseSignal(word);
      if (signal) signals.Add(*signal);
      if (signal || word.empty()) continue;
      Trouble(kSignals, "\"" + CutText(word, 60) + "\" is none of outage, payment failure, deadline.");
    }
    return signals;
  }

  const rules::Team& ClockTeam() const {
    static const rules::Team kUtc;
    const rules::Team* expected = book_.FindTeam(Cell(kExpectTeam));
    if (expected == nullptr) expected = book_.FindTeam(book_.triage);
    if (expected != nullptr) return *expected;
    return book_.teams.empty() ? kUtc : book_.teams.front();
  }

  void ReadWhen() {
    test_.clock = &ClockTeam();
    test_.now = Cell(kWhen).empty() ? OrdinaryMoment() : Moment(kWhen, Cell(kWhen));
  }

  Time Moment(Column column, std::string_view text) {
    const auto time = rules::ParseLocalTime(*test_.clock, text);
    if (time.ok()) return *time;
    Trouble(column, time.fault().text + ".");
    return {};
  }

  Time OrdinaryMoment() const {
    auto day = std::chrono::local_days(std::chrono::year(2026) / 1 / 5);
    for (const rules::ClosedDays& closed : book_.hours.closed) day = std::max(day, closed.last);
    for (const rules::Away& away : book_.hours.away) day = std::max(day, away.until);
    // Two days on, so that it is past the last day in every zone.
    const Time after = Time(day.time_since_epoch() + std::chrono::days(2) + std::chrono::hours(10));
    return rules::NextOpen(book_, *test_.clock, after);
  }

  void ReadExpectations() {
    test_.move = Move();
    test_.team = Cell(kExpectTeam);
    test_.person = ToLowerAscii(Cell(kExpectPerson));
    test_.urgency = Word(kExpectUrgency, ParseUrgency, "low, medium, high");
    if (!Cell(kExpectPing).empty()) test_.ping = ReadPing(Cell(kExpectPing));
    test_.because = Cell(kExpectBecause);
  }

  std::string Move() {
    const std::string word = ToLowerAscii(Squeeze(Cell(kExpectMove)));
    if (word.empty() || word == kNotATicket || ParseMove(word)) return word;
    Trouble(kExpectMove, "\"" + CutText(word, 60) + "\" is none of route, priority, escalate, hold, not a ticket.");
    return {};
  }

  ExpectedPing ReadPing(std::string_view cell) {
    const std::string lower = ToLowerAscii(cell);
    const std::size_t at = lower.find(" at ");
    ExpectedPing ping{std::string(Trim(lower.substr(0, at))), test_.now};
    if (at != std::string::npos) ping.due = Moment(kExpectPing, cell.substr(at + 4));
    const bool role = ping.who == kNobody || ping.who == "lead" || ping.who == "manager";
    if (!role && ping.who.find('@') == std::string::npos) {
      Trouble(kExpectPing, "\"" + CutText(ping.who, 60) + "\" is none of nobody, lead, manager, an address.");
    }
    return ping;
  }

  const Header& header_;
  const rules::CsvRow& row_;
  const RuleBook& book_;
  RuleTest test_;
};

bool IsUsed(const rules::CsvRow& row) {
  if (!row.cells.empty() && Trim(row.cells.front()).starts_with('#')) return false;
  return std::any_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return !Trim(cell).empty(); });
}

}  // namespace

RuleTests ReadRuleTests(std::string_view csv, const RuleBook& book) {
  RuleTests read;
  const auto refuse = [&](int row, std::string text) {
    read.problems.push_back({Severity::kWarning, std::string(kFile), row, {}, std::move(text)});
  };
  if (csv.size() > kMaxBytes) {
    refuse(0, "larger than 1 MiB, so no test was run. Split it.");
    return read;
  }
  const rules::Csv table = rules::ParseCsv(csv);
  if (!table.error.empty()) refuse(table.error_row, table.error);
  if (table.rows.empty()) return read;
  const Header header(table.rows.front(), read.problems);
  if (!header.complete()) return read;
  for (auto row = table.rows.begin() + 1; row != table.rows.end(); ++row) {
    if (!IsUsed(*row)) continue;
    read.tests.push_back(RowReader(header, *row, book).Read());
    if (!read.tests.back().trouble.empty()) refuse(row->row, read.tests.back().trouble);
  }
  return read;
}

}  // namespace tr::route
