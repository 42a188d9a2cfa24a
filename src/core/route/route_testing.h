#pragma once
// What the tests of this room share: the files under tests/data, and books made of them.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "rules/parse.h"

namespace tr::route {

inline std::string ReadTestFile(const std::string& path) {
  const char* source = std::getenv("TR_SOURCE");
  std::ifstream file((source == nullptr ? "." : std::string(source)) + "/tests/data/" + path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path << ": is TR_SOURCE set?";
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline rules::RuleFiles ReadRuleFiles(const std::string& folder) {
  return {ReadTestFile(folder + "/topics.csv"), ReadTestFile(folder + "/teams.csv"), ReadTestFile(folder + "/rules.md"),
          std::nullopt};
}

// Null, and a failed test, when there is an error in the files.
inline rules::RuleBookPtr ParseOrFail(const rules::RuleFiles& files) {
  rules::ParsedBook parsed = rules::ParseRuleBook(files);
  for (const rules::Problem& problem : parsed.problems) {
    EXPECT_NE(problem.severity, rules::Severity::kError) << rules::Format(problem);
  }
  EXPECT_NE(parsed.book, nullptr);
  return parsed.book;
}

}  // namespace tr::route
