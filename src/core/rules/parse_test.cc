#include "rules/parse.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace tr::rules {
namespace {

std::string ReadFile(const std::string& path) {
  const char* source = std::getenv("TR_SOURCE");
  std::ifstream file(std::string(source == nullptr ? "." : source) + "/" + path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

RuleFiles Example() {
  const std::string folder = "tests/data/rules-example/";
  return {ReadFile(folder + "topics.csv"), ReadFile(folder + "teams.csv"), ReadFile(folder + "rules.md"),
          ReadFile(folder + "rules.tests.csv")};
}

TEST(ParseRuleBook, TakesTheExample) {
  const ParsedBook parsed = ParseRuleBook(Example());
  for (const Problem& problem : parsed.problems) ADD_FAILURE() << Format(problem);
  ASSERT_NE(parsed.book, nullptr);
}

}  // namespace
}  // namespace tr::rules
