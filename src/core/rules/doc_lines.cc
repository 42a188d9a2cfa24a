#include "rules/doc_lines.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "rules/doc_clean.h"

namespace tr::rules {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::array<std::string_view, 9> kMarks = {
    "-", "*", "+", "\\-", "\xE2\x80\xA2", "\xE2\x97\x8F", "\xE2\x97\xA6", "\xE2\x96\xAA", "\xE2\x80\xA3"};  // • ● ◦ ▪ ‣

// Cuts the next line off; the mark that ended it goes.
std::string_view TakeLine(std::string_view& rest) {
  const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, end);
  const bool crlf = rest.substr(end).starts_with("\r\n");
  rest.remove_prefix(std::min(rest.size(), end + (crlf ? 2 : 1)));
  return line;
}

int TakeIndent(std::string_view& line) {
  int indent = 0;
  while (!line.empty() && (line[0] == ' ' || line[0] == '\t')) {
    indent += line[0] == '\t' ? 4 : 1;
    line.remove_prefix(1);
  }
  return indent;
}

// "---", "* * *", "___": a line across the page, or under a heading.
bool IsRule(std::string_view line) {
  int marks = 0;
  char mark = 0;
  for (const char c : line) {
    if (c == ' ' || c == '\t') continue;
    if (c != '-' && c != '*' && c != '_' && c != '=') return false;
    if (mark != 0 && c != mark) return false;
    mark = c;
    ++marks;
  }
  return marks >= 3;
}

// The text after a bullet's mark and blank; nothing moves when it is no bullet.
bool TakeBulletMark(std::string_view& line) {
  for (const std::string_view mark : kMarks) {
    if (!line.starts_with(mark)) continue;
    const std::string_view rest = line.substr(mark.size());
    const bool ascii = static_cast<unsigned char>(mark[0]) < 0x80;
    const bool blank = rest.starts_with(' ') || rest.starts_with('\t') || rest.starts_with("\xC2\xA0");
    if (ascii && !blank && !rest.empty()) continue;
    line = rest;
    return true;
  }
  return false;
}

bool IsNumbered(std::string_view line) {
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  if (digits == 0 || digits > 9) return false;
  line.remove_prefix(digits);
  if (line.starts_with('\\')) line.remove_prefix(1);
  return line.starts_with(". ") || line.starts_with(") ");
}

std::string HeadingText(std::string_view line) {
  while (line.starts_with('#')) line.remove_prefix(1);
  std::string text = CleanLine(line);
  while (text.ends_with('#') || text.ends_with(' ') || text.ends_with(':')) text.pop_back();
  return text;
}

// "#help-billing is our channel" is a note: a single # needs a blank after it.
bool IsHeading(std::string_view line) {
  return line.starts_with("##") || line.starts_with("# ") || line.starts_with("#\t") || line == "#";
}

DocLine ReadLine(std::string_view line, int number) {
  DocLine read{LineKind::kText, number, TakeIndent(line), {}};
  if (line.empty() || IsRule(line)) {
    read.kind = LineKind::kBlank;
  } else if (IsHeading(line)) {
    read.kind = LineKind::kHeading;
    read.text = HeadingText(line);
  } else if (TakeBulletMark(line)) {
    read.kind = LineKind::kBullet;
    read.text = CleanLine(line);
  } else {
    if (line.starts_with('|')) read.kind = LineKind::kTable;
    if (IsNumbered(line)) read.kind = LineKind::kNumbered;
    read.text = CleanLine(line);
    if (read.text.empty()) read.kind = LineKind::kBlank;
  }
  return read;
}

// A heading in Markdown's other spelling: a line of text with === or --- under it.
bool UnderlinesHeading(std::string_view line, const std::vector<DocLine>& lines) {
  if (lines.empty() || lines.back().kind != LineKind::kText || lines.back().indent > 3) return false;
  const bool alone = lines.size() < 2 || lines[lines.size() - 2].kind != LineKind::kText;
  const std::string_view marks = Trim(line);
  return alone && IsRule(line) && marks.find_first_not_of(marks[0]) == std::string_view::npos &&
         (marks[0] == '-' || marks[0] == '=');
}

}  // namespace

std::vector<DocLine> ReadLines(std::string_view text) {
  if (text.starts_with(kBom)) text.remove_prefix(kBom.size());
  std::vector<DocLine> lines;
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = TakeLine(text);
    if (UnderlinesHeading(line, lines)) {
      lines.back().kind = LineKind::kHeading;
      lines.back().text = HeadingText(lines.back().text);
      lines.push_back({LineKind::kBlank, number, 0, {}});
      continue;
    }
    lines.push_back(ReadLine(line, number));
  }
  return lines;
}

}  // namespace tr::rules
