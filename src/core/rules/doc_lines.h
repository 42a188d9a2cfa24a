#pragma once
// The doc's lines by what Markdown takes them for.

#include <string>
#include <string_view>
#include <vector>

namespace tr::rules {

enum class LineKind { kBlank, kHeading, kBullet, kNumbered, kTable, kText };

struct DocLine {
  LineKind kind = LineKind::kBlank;
  int number = 0;    // from 1
  int indent = 0;    // blanks before it; a tab counts as four
  std::string text;  // cleaned; without the heading's # or the bullet's mark
};

// Every line of the doc. LF, CRLF and CR end a line. REQUIRES: well-formed UTF-8.
std::vector<DocLine> ReadLines(std::string_view text);

}  // namespace tr::rules
