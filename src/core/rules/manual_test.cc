// docs/rules.md is what managers copy from: every example in it must parse.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace tr::rules {
namespace {

// The fenced blocks that are a piece of the doc; a block of bare bullets gets the heading above it.
std::vector<std::string> ExamplesOf(const std::string& manual) {
  std::vector<std::string> examples;
  std::istringstream text(manual);
  std::string heading;
  bool inside = false;
  std::string block;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("### ")) heading = line.substr(4);
    if (!line.starts_with("```")) {
      if (inside) block += line + "\n";
      continue;
    }
    if (inside && block.starts_with("- ")) block.insert(0, "## " + heading + "\n");
    if (inside && block.starts_with("## ")) examples.push_back(block);
    block.clear();
    inside = !inside;
  }
  return examples;
}

TEST(Manual, ShowsOnlyRulesThatCanBeUsed) {
  std::string manual = ReadIfThere(SourceFolder() / "docs/rules.md").value_or("");
  const std::string first = "- high: urgent*, immediately, emergency, at once";
  ASSERT_NE(manual.find(first), std::string::npos);
  manual.insert(0, "### Urgency words\n");
  const std::vector<std::string> examples = ExamplesOf(manual);
  EXPECT_GE(examples.size(), 20U);
  for (const std::string& example : examples) {
    for (const Problem& problem : ParseRuleBook(WithDoc(example)).problems) {
      EXPECT_NE(problem.severity, Severity::kError) << example << Format(problem);
    }
  }
}

}  // namespace
}  // namespace tr::rules
