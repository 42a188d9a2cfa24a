#include "route/rules_test_runner.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "route/decide.h"
#include "route/rules_tests.h"
#include "rules/hours.h"
#include "rules/match.h"

namespace tr::route {
namespace {

using rules::RuleBook;

// What became of a test's ticket.
struct Outcome {
  bool set_aside = false;  // by the Not-tickets entry that stands in the decision's reasons; nothing else is decided
  Decision decision;
};

std::optional<Reason> FindSetAside(const RuleTest& test, const RuleBook& book) {
  const rules::SearchText text(test.question.subject, test.question.new_text);
  rules::Facts facts;
  facts.lane = test.question.lane;
  facts.from = test.question.from;
  facts.text = &text;
  const rules::NotTicket* entry = rules::FindNotTicket(book, facts);
  if (entry == nullptr) return std::nullopt;
  Reason reason{"rules.md", entry->bullet.line, entry->bullet.text, {}, true};
  rules::Fit(entry->conditions, facts, &reason.hit);
  return reason;
}

Outcome Run(const RuleTest& test, const RuleBook& book) {
  if (auto reason = FindSetAside(test, book)) {
    Decision none;
    none.reasons.push_back(*std::move(reason));
    return {true, std::move(none)};
  }
  Question question = test.question;
  question.reading = test.reading ? &*test.reading : nullptr;
  return {false, Decide(question, book, test.now)};
}

// Gathers what a test wanted and did not get.
class Comparison {
 public:
  Comparison(const RuleTest& test, const Outcome& outcome) : test_(test), outcome_(outcome) {}

  std::string Differences() {
    CompareMove();
    ComparePlace();
    CompareUrgency();
    ComparePing();
    CompareReasons();
    return std::move(differences_);
  }

 private:
  const Decision& got() const { return outcome_.decision; }

  std::string MoveName() const { return std::string(outcome_.set_aside ? kNotATicket : Name(got().move)); }

  void Differ(std::string_view column, std::string_view wanted, std::string_view got) {
    if (!differences_.empty()) differences_ += "; ";
    differences_ += "Expect " + std::string(column) + ": wanted " + std::string(wanted) + ", got " + std::string(got);
  }

  void CompareMove() {
    if (!test_.move.empty() && test_.move != MoveName()) Differ("move", test_.move, MoveName());
  }

  void ComparePlace() {
    const std::string why = " (" + MoveName() + ")";
    const std::string team = outcome_.set_aside ? MoveName() : got().team + why;
    if (!test_.team.empty() && !EqualsIgnoreCaseAscii(test_.team, got().team)) Differ("team", test_.team, team);
    const std::string person = got().person.empty() ? std::string(kNobody) : got().person;
    const bool same = test_.person == got().person || (test_.person == kNobody && got().person.empty());
    if (!test_.person.empty() && !same) Differ("person", test_.person, person);
  }

  void CompareUrgency() {
    if (!test_.urgency) return;
    if (outcome_.set_aside) return Differ("urgency", Name(*test_.urgency), MoveName());
    if (*test_.urgency != got().tags.urgency) Differ("urgency", Name(*test_.urgency), Name(got().tags.urgency));
  }

  bool IsExpected(const Ping& ping) const {
    const std::string& who = test_.ping->who;
    return ping.due == test_.ping->due && (who == ping.role || EqualsIgnoreCaseAscii(who, ping.person));
  }

  std::string Tell(std::string_view who, Time due) const {
    std::string text(who);
    if (due != test_.now) text += " at " + rules::FormatLocalTime(*test_.clock, due);
    return text;
  }

  void ComparePing() {
    if (!test_.ping) return;
    const auto& pings = got().pings;
    const bool nobody = test_.ping->who == kNobody;
    if (nobody ? pings.empty() : !pings.empty() && IsExpected(pings.front())) return;
    const std::string wanted = nobody ? test_.ping->who : Tell(test_.ping->who, test_.ping->due);
    if (pings.empty()) return Differ("ping", wanted, kNobody);
    const Ping& ping = pings.front();
    Differ("ping", wanted, Tell(ping.role + (ping.person.empty() ? "" : " " + ping.person), ping.due));
  }

  void CompareReasons() {
    if (test_.because.empty()) return;
    const std::string wanted = Fold(test_.because);
    std::string all;
    for (const Reason& reason : got().reasons) {
      if (Fold(reason.text).find(wanted) != std::string::npos) return;
      if (Fold(reason.hit).find(wanted) != std::string::npos) return;
      all += (all.empty() ? "\"" : ", \"") + reason.text + "\"";
    }
    Differ("because", "\"" + test_.because + "\"", all.empty() ? "no reason" : CutText(all, 400));
  }

  const RuleTest& test_;
  const Outcome& outcome_;
  std::string differences_;
};

}  // namespace

int RuleTestReport::failed() const {
  return static_cast<int>(std::count_if(results.begin(), results.end(), [](const auto& one) { return !one.passed; }));
}

RuleTestReport RunRuleTests(const rules::RuleFiles& files, const RuleBook& book) {
  RuleTestReport report;
  if (!files.tests) return report;
  RuleTests read = ReadRuleTests(*files.tests, book);
  report.problems = std::move(read.problems);
  for (const RuleTest& test : read.tests) {
    std::string difference = test.trouble;
    if (difference.empty()) difference = Comparison(test, Run(test, book)).Differences();
    report.results.push_back({test.name, test.row, difference.empty(), std::move(difference)});
  }
  return report;
}

}  // namespace tr::route
