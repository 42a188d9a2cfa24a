#pragma once
// The example rules under tests/data/rules-example, as files and as a book: what most tests of the road go by.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "rules/parse.h"

namespace tr::testing {

inline std::string ReadTestData(const std::string& path) {
  const char* source = std::getenv("TR_SOURCE");
  std::ifstream file((source == nullptr ? "." : std::string(source)) + "/tests/data/" + path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path << ": is TR_SOURCE set?";
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline rules::RuleFiles ExampleFiles() {
  return {ReadTestData("rules-example/topics.csv"), ReadTestData("rules-example/teams.csv"),
          ReadTestData("rules-example/rules.md"), std::nullopt};
}

inline rules::RuleBookPtr BookOf(const rules::RuleFiles& files) {
  rules::ParsedBook parsed = rules::ParseRuleBook(files);
  EXPECT_NE(parsed.book, nullptr);
  return parsed.book;
}

// Teams Billing, Shipping, Technical (Slack and inbox), Sales (inbox only) and Triage.
inline rules::RuleBookPtr ExampleBook() {
  static const rules::RuleBookPtr kBook = BookOf(ExampleFiles());
  return kBook;
}

}  // namespace tr::testing
