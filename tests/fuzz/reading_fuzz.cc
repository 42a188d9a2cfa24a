// Any text of a customer: the embedded reader answers within the closed structure, and the decision holds whatever it
// says. The first line of the input is the subject.

#include <algorithm>
#include <string>

#include "fuzz_target.h"
#include "read/embedded/embedded_reader.h"
#include "route/decide.h"
#include "rules/parse.h"

namespace {

constexpr std::string_view kTopics =
    "Topic,Meaning,Team,Urgency\nrefund,Wants money back,Billing,medium\ndelivery,A parcel is late,Triage,low\n";
constexpr std::string_view kTeams =
    "Team,Inbox,Lead,Members\nBilling,b@s.example,d@s.example,\"d@s.example, l@s.example\"\nTriage,t@s.example,,\n";
constexpr std::string_view kDoc = "## Priority rules\n\n- says \"lawyer\", \"chargeback\" -> escalate\n";

const tr::rules::RuleBook& Book() {
  static const tr::rules::RuleBookPtr kBook =
      tr::rules::ParseRuleBook({std::string(kTopics), std::string(kTeams), std::string(kDoc), std::nullopt}).book;
  tr::fuzz::Require(kBook != nullptr);
  return *kBook;
}

}  // namespace

TR_FUZZ_TARGET(reading) {
  static tr::read::EmbeddedReader reader(nullptr);
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string subject = tr::RepairUtf8(input.substr(0, line));
  const std::string text = tr::RepairUtf8(input.substr(std::min(line + 1, input.size())));
  const auto reading = reader.Read({tr::Lane::kMail, subject, text}, Book(), {});
  tr::fuzz::Require(reading.ok());
  tr::fuzz::Require(reading->topic == "unsure" || reading->topic == "refund" || reading->topic == "delivery");
  tr::fuzz::Require(reading->confidence >= 0 && reading->confidence <= 1);
  for (const std::string& words : reading->evidence) tr::fuzz::RequireText(words);
  tr::route::Question question;
  question.from = "c@mail.example";
  question.subject = subject;
  question.new_text = text;
  question.reading = &*reading;
  const tr::Decision decision = tr::route::Decide(question, Book(), tr::Time{tr::Duration(1'772'442'000'000)});
  tr::fuzz::Require(decision.team == "Billing" || decision.team == "Triage");
}
