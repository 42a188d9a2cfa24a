#include "rules/doc_clean.h"

#include <gtest/gtest.h>

#include "rules/doc_lines.h"

namespace tr::rules {
namespace {

TEST(CleanLine, TakesBackWhatEditorsDo) {
  const std::vector<std::pair<std::string, std::string>> lines = {
      {"says \xE2\x80\x9Claw\xE2\x80\x9D", "says \"law\""},
      {"\xE2\x80\x9E"
       "a\xE2\x80\x9C \xC2\xAB"
       "b\xC2\xBB",
       "\"a\" \"b\""},
      {"angry \xE2\x86\x92 escalate", "angry -> escalate"},
      {"angry\xE2\x86\x92"
       "escalate",
       "angry -> escalate"},
      {"angry \xE2\x80\x93> escalate", "angry -> escalate"},
      {"angry \\-\\> escalate", "angry -> escalate"},
      {"angry -&gt; escalate", "angry -> escalate"},
      {"urgent\\*", "urgent*"},
      {"**high:** urgent\\*", "high: urgent*"},
      {"[a@b.example](mailto:a@b.example): at least high", "a@b.example: at least high"},
      {"@[b.example](http://b.example)", "@b.example"},
      {"<a@b.example>, <mailto:c@d.example>", "a@b.example, c@d.example"},
      {"Priority rules {#priority-rules}", "Priority rules"},
      {"a\xC2\xA0\xC2\xA0"
       "b\t c\xE2\x80\x8B",
       "a b c"},
      {"[external] is no link", "[external] is no link"},
      {"a < b and c > d", "a < b and c > d"},
      {"\\b stays", "\\b stays"},
      {"", ""},
  };
  for (const auto& [line, clean] : lines) EXPECT_EQ(CleanLine(line), clean);
}

std::string KindsOf(std::string_view text) {
  std::string kinds;
  for (const DocLine& line : ReadLines(text)) kinds += "_hbn|t"[static_cast<std::size_t>(line.kind)];
  return kinds;
}

TEST(ReadLines, KnowsWhatMarkdownSees) {
  EXPECT_EQ(KindsOf("# a\n\n- b\n* c\n+ d\n\xE2\x80\xA2 e\n"), "h_bbbb");
  EXPECT_EQ(KindsOf("\xEF\xBB\xBF# a\r\n- b\r\n"), "hb");
  EXPECT_EQ(KindsOf("# a\r- b"), "hb");
  EXPECT_EQ(KindsOf("a\n---\n- b\n"), "h_b");
  EXPECT_EQ(KindsOf("\n---\n***\n* * *\n"), "____");
  EXPECT_EQ(KindsOf("1. a\n| b | c |\n-d\n#e\n"), "n|tt");
  EXPECT_EQ(KindsOf("##a\n####### b\n"), "hh");
}

TEST(ReadLines, CountsLinesFromOne) {
  const std::vector<DocLine> lines = ReadLines("a\r\n\r\n  - b");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[2].number, 3);
  EXPECT_EQ(lines[2].indent, 2);
  EXPECT_EQ(lines[2].text, "b");
}

}  // namespace
}  // namespace tr::rules
