#include "intake/reply_marks.h"

#include <algorithm>
#include <bitset>
#include <cctype>
#include <optional>
#include <string>

#include "base/text.h"
#include "intake/ending_words.h"
#include "intake/quote_words.h"

namespace tr::intake {
namespace {

// Mail programs write marks on short lines; whatever is longer is somebody's text, and is not looked at.
constexpr std::size_t kLongestMark = 400;
constexpr std::size_t kLongestFooter = 80;
constexpr std::size_t kAttributionLines = 4;
constexpr auto kNone = std::string_view::npos;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// U+00A0 counts as a blank, and so do the marks of bold and of a quotation.
std::string_view Strip(std::string_view line) {
  constexpr std::string_view kWide = "\xC2\xA0";
  while (true) {
    line = Trim(line);
    if (line.starts_with(kWide)) {
      line.remove_prefix(kWide.size());
    } else if (line.ends_with(kWide)) {
      line.remove_suffix(kWide.size());
    } else {
      return line;
    }
  }
}

std::string FoldShort(std::string_view line) { return line.size() > kLongestMark ? std::string() : Fold(Strip(line)); }

bool HoldsAny(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.find(word) != kNone; });
}

bool IsLetterByte(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

// `word` as a whole word; scripts without spaces count everywhere.
bool HoldsWord(std::string_view text, std::string_view word) {
  const bool ideographs = static_cast<unsigned char>(word[0]) >= 0xE0;
  for (std::size_t at = text.find(word); at != kNone; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !IsLetterByte(text[at - 1]);
    const bool ends = end == text.size() || !IsLetterByte(text[end]);
    if (ideographs || (starts && ends)) return true;
  }
  return false;
}

bool StartsWithWord(std::string_view text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  if (static_cast<unsigned char>(word[0]) >= 0xE0) return true;
  return text.size() == word.size() || !IsLetterByte(text[word.size()]);
}

bool StartsWithOn(std::string_view folded) {
  const std::size_t first = folded.find_first_not_of("*_>\"' ");
  if (first == kNone) return false;
  const std::string_view text = folded.substr(first);
  const auto words = OnWords();
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return StartsWithWord(text, word); });
}

bool IsHour(std::string_view text, std::size_t colon) {
  return colon > 0 && colon + 2 < text.size() && IsDigit(text[colon - 1]) && IsDigit(text[colon + 1]) &&
         IsDigit(text[colon + 2]);
}

// A year, or a time of day, or digits with two separators.
bool HasDate(std::string_view text) {
  int groups = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((text[i] == ':' || text[i] == '.' || text[i] == 'h') && IsHour(text, i)) return true;
    if (!IsDigit(text[i]) || (i > 0 && IsDigit(text[i - 1]))) continue;
    ++groups;
    const std::string_view number = text.substr(i, 5);
    const bool year = number.size() >= 4 && (number.starts_with("19") || number.starts_with("20")) &&
                      IsDigit(number[2]) && IsDigit(number[3]) && (number.size() < 5 || !IsDigit(number[4]));
    if (year) return true;
  }
  return groups >= 3;
}

bool HasAddress(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != kNone && at > 0 && at + 1 < text.size() && text[at - 1] != ' ' && text[at + 1] != ' ';
}

bool EndsWithColon(std::string_view text) {
  while (!text.empty() && (text.back() == '*' || text.back() == '_' || text.back() == ' ')) text.remove_suffix(1);
  return text.ends_with(':');
}

bool HoldsWrote(std::string_view folded) {
  const auto words = WroteWords();
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return HoldsWord(folded, word); });
}

bool EndsWithWrote(std::string_view folded) {
  const auto words = WroteWords();
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return folded.ends_with(word); });
}

// "2026-12-08 10:00 GMT+01:00 Ann <ann@shop.example>:"
bool IsBareAttribution(std::string_view folded) {
  const std::string_view head = Trim(folded.substr(0, folded.rfind(':')));
  return head.ends_with('>') && HasDate(folded) && HasAddress(folded);
}

bool QuoteFollows(Lines lines, std::size_t at) {
  while (at < lines.size() && IsBlankLine(lines[at])) ++at;
  return at < lines.size() && IsQuotedLine(lines[at]);
}

bool IsAttribution(std::string_view folded, bool quote_follows) {
  if (folded.empty()) return false;
  if (!EndsWithColon(folded)) {
    return EndsWithWrote(folded) && HasDate(folded) && (quote_follows || (StartsWithOn(folded) && HasAddress(folded)));
  }
  if (IsBareAttribution(folded)) return true;
  if (!HoldsWrote(folded)) return false;
  return HasDate(folded) || HasAddress(folded) || (quote_follows && EndsWithWrote(folded.substr(0, folded.rfind(':'))));
}

// "<ann@shop.example\n>:" is an address that was wrapped, not a quoted line.
bool IsWrappedEnd(std::string_view line) { return Trim(line) == ">:" || Trim(line) == "> :"; }

std::string Join(Lines lines, std::size_t from, std::size_t to) {
  std::string joined;
  for (std::size_t i = from; i < to; ++i) {
    if (!joined.empty()) joined += ' ';
    joined += Strip(lines[i]);
    if (joined.size() > kLongestMark) return {};
  }
  return Fold(joined);
}

// The label in front of the line's colon, if it is one.
std::optional<QuoteLabel> LabelOf(std::string_view line) {
  constexpr std::size_t kLongestLabel = 60;
  constexpr std::string_view kWideColon = "\xEF\xBC\x9A";
  line = Strip(line);
  while (!line.empty() && (line[0] == '*' || line[0] == '>' || line[0] == ' ' || line[0] == '|')) line.remove_prefix(1);
  const std::string_view head = line.substr(0, kLongestLabel);
  const std::size_t colon = std::min(head.find(':'), head.find(kWideColon));
  if (colon == kNone || colon == 0) return std::nullopt;
  std::string label = Fold(Strip(head.substr(0, colon)));
  std::erase(label, '*');
  const std::string_view word = Strip(label);
  for (const LabelWord& known : QuoteLabels()) {
    if (known.word == word) return known.label;
  }
  return std::nullopt;
}

// The words of a line between dashes, folded; empty when there are not at least two dashes (or the like) on its left.
std::string BetweenDashes(std::string_view line) {
  line = Strip(line);
  if (line.size() > kLongestMark) return {};
  const std::size_t first = line.find_first_not_of("-_=*~#+ ");
  if (first == kNone || first < 2) return {};
  line.remove_prefix(first);
  const std::size_t last = line.find_last_not_of("-_=*~#+: ");
  return last == kNone ? std::string() : Fold(line.substr(0, last + 1));
}

bool IsOneOf(std::string_view text, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

bool IsBlankLine(std::string_view line) { return Strip(line).empty(); }

bool IsQuotedLine(std::string_view line) {
  constexpr std::size_t kDeepest = 3;
  const std::size_t first = line.find_first_not_of(" \t");
  return first != kNone && first <= kDeepest && line[first] == '>';
}

std::size_t AttributionLines(Lines lines, std::size_t at) {
  for (std::size_t count = 1; count <= kAttributionLines && at + count <= lines.size(); ++count) {
    const std::string_view last = lines[at + count - 1];
    if (IsBlankLine(last) || last.size() > kLongestMark) return 0;
    if (IsQuotedLine(last) && !(count > 1 && IsWrappedEnd(last))) return 0;
    const std::string joined = Join(lines, at, at + count);
    if (joined.empty()) return 0;
    if (count > 1 && StartsWithOn(FoldShort(last)) && HasDate(last)) return 0;  // one of its own, behind a line of text
    if (count > 1 && !StartsWithOn(joined) && !HasDate(lines[at])) return 0;
    if (IsAttribution(joined, QuoteFollows(lines, at + count))) return count;
  }
  return 0;
}

bool StartsHeaderBlock(Lines lines, std::size_t at) {
  constexpr std::size_t kLookAhead = 8;
  const std::optional<QuoteLabel> first = LabelOf(lines[at]);
  if (!first || (*first != QuoteLabel::kFrom && *first != QuoteLabel::kDate)) return false;
  std::bitset<4> seen;
  for (std::size_t i = at; i < lines.size() && i < at + kLookAhead; ++i) {
    if (const std::optional<QuoteLabel> label = LabelOf(lines[i])) seen.set(static_cast<std::size_t>(*label));
  }
  return seen.test(static_cast<std::size_t>(QuoteLabel::kFrom)) && seen.count() >= 3;
}

bool StartsMarkedHistory(Lines lines, std::size_t at) {
  const std::string words = BetweenDashes(lines[at]);
  if (words.empty()) return false;
  if (IsOneOf(words, OriginalMessageWords())) return true;
  if (EndsWithWrote(words) && HasDate(words)) return true;
  return at + 1 < lines.size() && StartsHeaderBlock(lines, at + 1);
}

bool IsForwardMark(std::string_view line) {
  if (const std::string words = BetweenDashes(line); !words.empty()) {
    return IsOneOf(words, ForwardedMessageWords()) || words.starts_with("forwarded by ") ||
           words.starts_with("weitergeleitet von ");
  }
  std::string folded = FoldShort(line);
  if (!EndsWithColon(folded)) return false;
  folded = std::string(Trim(std::string_view(folded).substr(0, folded.rfind(':'))));
  return IsOneOf(folded, ForwardedMessageWords());
}

bool IsSignatureMark(std::string_view line) {
  if (line == "-- ") return true;
  const std::string_view mark = Strip(line);
  return mark == "--" || mark == "__" || mark == "—" || (mark.size() >= 3 && mark.find_first_not_of('_') == kNone);
}

bool IsRuler(std::string_view line) {
  const std::string_view mark = Strip(line);
  return mark.size() >= 3 && mark.find_first_not_of("-_=*~ ") == kNone;
}

bool IsFooter(std::string_view line) {
  if (line.size() > kLongestMark) return false;
  std::string folded = Fold(Strip(line.substr(0, line.find('<', 1))));
  const std::size_t first = folded.find_first_not_of("*_[(<");
  if (first == kNone || folded.size() > kLongestFooter) return false;
  folded.erase(0, first);
  // A sentence that happens to start so goes on behind a comma.
  if (folded.find(", ") != std::string::npos) return false;
  const auto starts = FooterStarts();
  if (std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return folded.starts_with(start); }))
    return true;
  const auto ends = FooterEnds();
  const bool device = folded.starts_with("von ") || folded.find("phone") != std::string::npos ||
                      folded.find("ipad") != std::string::npos;
  return device && std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return folded.ends_with(end); });
}

bool StartsClosing(Lines lines, std::size_t at) {
  constexpr std::size_t kLongestClosing = 50;
  constexpr std::size_t kLongestLine = 80;
  constexpr std::size_t kMostLines = 10;
  const std::string_view line = Strip(lines[at]);
  if (line.empty() || line.size() > kLongestClosing) return false;
  std::string folded = Fold(line);
  folded.erase(folded.find_last_not_of(",.! -*") + 1);
  const bool closing = IsOneOf(folded, ClosingWords());
  const bool name = line.size() > 2 && line[0] == '-' && std::isupper(static_cast<unsigned char>(line[1])) != 0;
  if (!closing && !name) return false;
  std::size_t filled = 0;
  for (std::size_t i = at + 1; i < lines.size(); ++i) {
    if (IsBlankLine(lines[i])) continue;
    if (lines[i].size() > kLongestLine || ++filled > kMostLines) return false;
  }
  return name ? filled == 0 : filled > 0;
}

bool StartsDisclaimer(Lines lines, std::size_t at) {
  constexpr std::size_t kLookAhead = 4;
  constexpr std::size_t kHead = 600;
  const std::string_view line = Strip(lines[at]);
  const std::size_t first = line.find_first_not_of("*_-#[(\"' ");
  if (first == kNone) return false;
  const std::string head = Fold(CutText(line.substr(first), 60));
  const auto starts = DisclaimerStarts();
  if (std::none_of(starts.begin(), starts.end(), [&](std::string_view start) { return head.starts_with(start); }))
    return false;
  std::string paragraph;
  for (std::size_t i = at; i < lines.size() && i < at + kLookAhead; ++i) {
    paragraph += Fold(CutText(lines[i], kHead));
    paragraph += ' ';
  }
  return paragraph.size() >= 60 && HoldsAny(paragraph, DisclaimerWords());
}

}  // namespace tr::intake
