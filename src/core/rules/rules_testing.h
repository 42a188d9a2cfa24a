#pragma once
// For tests: the example's pieces, and one piece changed.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "rules/parse.h"

namespace tr::rules {

inline std::filesystem::path SourceFolder() {
  const char* source = std::getenv("TR_SOURCE");
  return source == nullptr ? "." : source;
}

inline std::optional<std::string> ReadIfThere(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file.good()) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline RuleFiles ExampleFiles() {
  const std::filesystem::path folder = SourceFolder() / "tests/data/rules-example";
  RuleFiles files{ReadIfThere(folder / "topics.csv").value_or(""), ReadIfThere(folder / "teams.csv").value_or(""),
                  ReadIfThere(folder / "rules.md").value_or(""), ReadIfThere(folder / "rules.tests.csv")};
  EXPECT_FALSE(files.topics.empty()) << "set TR_SOURCE to the source folder";
  return files;
}

// The example with another doc, without tests.
inline RuleFiles WithDoc(std::string doc) {
  RuleFiles files = ExampleFiles();
  files.rules = std::move(doc);
  files.tests.reset();
  return files;
}

// What `rules check` prints, a line each.
inline std::vector<std::string> Lines(const std::vector<Problem>& problems) {
  std::vector<std::string> lines;
  for (const Problem& problem : problems) lines.push_back(Format(problem));
  return lines;
}

// REQUIRES: the files hold no error.
inline RuleBook BookOf(const RuleFiles& files) {
  const ParsedBook parsed = ParseRuleBook(files);
  for (const std::string& line : Lines(parsed.problems)) EXPECT_NE(parsed.book, nullptr) << line;
  return parsed.book == nullptr ? RuleBook() : *parsed.book;
}

}  // namespace tr::rules
