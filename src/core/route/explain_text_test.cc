#include "route/explain_text.h"

#include <gtest/gtest.h>

#include "route/decide.h"
#include "route/route_testing.h"
#include "rules/hours.h"

namespace tr::route {
namespace {

struct ExplainCase {
  std::string from;
  std::string text;
  std::string topic;
  Tone tone;
  std::string line;
};

TEST(ExplainLine, SaysWhereHowLoudlyToWhomAndWhy) {
  const rules::RuleBookPtr book = ParseOrFail(ReadRuleFiles("route/velo"));
  ASSERT_NE(book, nullptr);
  const auto now = rules::ParseLocalTime(*book->FindTeam("Sales"), "2026-07-13 18:00");
  ASSERT_TRUE(now.ok());
  const std::vector<ExplainCase> table = {
      {"kim@mail.example", "Has my helmet been sent?", "order", Tone::kCalm,
       "route → Sales (nobody pinged) because topics row 3: topic order"},
      {"kim@mail.example", "Has my helmet been sent?", "order", Tone::kAngry,
       "priority → Sales (lead sara@velo.example at 2026-07-15 09:00) because standard: angry; topics row 3: topic "
       "order"},
      {"kim@mail.example", "My solicitor will write", "repair", Tone::kCalm,
       "escalate → Workshop (manager mira@velo.example now) because rules.md line 38: not VIP and says \"solicitor\" "
       "-> "
       "escalate (solicitor); topics row 2: topic repair"},
      {"kim@mail.example", "Something with the thing", "unsure", Tone::kAngry,
       "hold → Triage, priority (lead tess@velo.example at 2026-07-15 09:00) because rules.md line 46: hold when less "
       "sure than: 60% (topic unsure); standard: angry"},
      {"kim@mail.example", "A courier rang", "order", Tone::kCalm,
       "route → Office, otto@velo.example (nobody pinged) because rules.md line 32: says \"courier\" -> "
       "otto@velo.example (courier)"},
      {"kim@mail.example", "You never answer", "hire", Tone::kAngry,
       "priority → Counter (the channel now) because standard: angry; topics row 6: topic hire"},
  };
  for (const ExplainCase& row : table) {
    Reading reading;
    reading.topic = row.topic;
    reading.confidence = 1;
    reading.tone = row.tone;
    Question question;
    question.from = row.from;
    question.new_text = row.text;
    question.reading = &reading;
    EXPECT_EQ(ExplainLine(Decide(question, *book, *now), *book, *now), row.line);
  }
}

TEST(ExplainLine, IsOneShortLineWhateverTheRulesHold) {
  Decision decision;
  decision.team = "Triage";
  const Reason reason{"rules.md", 7, std::string(5000, 'x') + "\n", "a\nb", true};
  decision.reasons.assign(50, reason);
  const std::string line = ExplainLine(decision, rules::RuleBook(), Time());
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_LT(line.size(), 700U);
}

}  // namespace
}  // namespace tr::route
