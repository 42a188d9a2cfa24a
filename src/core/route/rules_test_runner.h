#pragma once
// The manager's own tests: rows of rules.tests.csv asked of Decide.

#include <string>
#include <vector>

#include "rules/book.h"
#include "rules/parse.h"

namespace tr::route {

struct RuleTestResult {
  std::string name;
  int row = 0;
  bool passed = false;
  std::string difference;  // 'Expect team: wanted Billing, got Triage (hold)'; empty when passed
};

struct RuleTestReport {
  std::vector<RuleTestResult> results;
  std::vector<rules::Problem> problems;  // rows or columns that cannot be read
  int failed() const;
};

// Total. A missing tests piece gives an empty report.
RuleTestReport RunRuleTests(const rules::RuleFiles& files, const rules::RuleBook& book);

}  // namespace tr::route
