#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/utf8.h"

namespace tr {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\v\f";
constexpr std::string_view kEllipsis = "\u2026";
constexpr std::size_t kMaxCompared = 64;  // characters: longer than any name that is looked up

bool IsBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool IsContinuation(char c) { return (static_cast<std::uint8_t>(c) & 0xC0U) == 0x80U; }

// The bytes of the white space at the beginning: 0 when there is none.
std::size_t BlankLength(std::string_view text) {
  if (IsBlank(text.front())) return 1;
  return text.substr(0, 2) == "\u00A0" ? 2 : 0;
}

std::vector<std::int32_t> Characters(std::string_view text) {
  std::vector<std::int32_t> characters;
  while (!text.empty()) {
    const DecodedChar next = DecodeChar(text);
    characters.push_back(next.code);
    text.remove_prefix(next.length);
  }
  return characters;
}

}  // namespace

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::string Squeeze(std::string_view utf8) {
  std::string squeezed;
  squeezed.reserve(utf8.size());
  bool gap = false;
  while (!utf8.empty()) {
    const std::size_t blank = BlankLength(utf8);
    if (blank == 0) {
      if (gap && !squeezed.empty()) squeezed.push_back(' ');
      squeezed.push_back(utf8.front());
    }
    gap = blank > 0;
    utf8.remove_prefix(std::max<std::size_t>(blank, 1));
  }
  return squeezed;
}

std::string CutText(std::string_view utf8, std::size_t bytes) {
  if (utf8.size() <= bytes) return std::string(utf8);
  const bool marked = bytes >= kEllipsis.size();
  std::size_t end = marked ? bytes - kEllipsis.size() : bytes;
  while (end > 0 && IsContinuation(utf8[end])) --end;
  std::string cut(utf8.substr(0, end));
  if (marked) cut += kEllipsis;
  return cut;
}

std::string ToLowerAscii(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

bool EqualsIgnoreCaseAscii(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return Lower(x) == Lower(y); });
}

std::vector<std::string_view> SplitText(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

std::size_t EditDistance(std::string_view a, std::string_view b) {
  const std::vector<std::int32_t> from = Characters(a);
  const std::vector<std::int32_t> to = Characters(b);
  if (std::max(from.size(), to.size()) > kMaxCompared) return from == to ? 0 : std::max(from.size(), to.size());
  // Optimal string alignment, three rows: two characters back for a swap.
  std::array<std::array<std::size_t, kMaxCompared + 1>, 3> rows{};
  for (std::size_t j = 0; j <= to.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (from[i - 1] == to[j - 1] ? 0U : 1U);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
        row[j] = std::min(row[j], rows[(i + 1) % 3][j - 2] + 1);
      }
    }
  }
  return rows[from.size() % 3][to.size()];
}

}  // namespace tr
