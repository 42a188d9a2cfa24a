#include "rules/sheet_cells.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "rules/problems.h"
#include "rules/suggest.h"

namespace tr::rules {
namespace {

// RFC 5321, 4.5.3.1: a path, a local part.
constexpr std::size_t kLongestAddress = 254;
constexpr std::size_t kLongestLocalPart = 64;
constexpr std::size_t kLongestLabel = 63;
constexpr int kMostMinutes = 30 * 24 * 60;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsForeign(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool IsLabel(std::string_view label) {
  if (label.empty() || label.size() > kLongestLabel || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return IsLetter(c) || IsDigit(c) || c == '-' || IsForeign(c); });
}

bool IsLocalPart(std::string_view local) {
  constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~.";  // RFC 5322, atext and dot
  if (local.empty() || local.size() > kLongestLocalPart) return false;
  return std::all_of(local.begin(), local.end(), [&](char c) {
    return IsLetter(c) || IsDigit(c) || IsForeign(c) || kMarks.find(c) != std::string_view::npos;
  });
}

// The address inside "Dana <dana@shop.example>", or empty.
std::string_view InnerAddress(std::string_view text) {
  const std::size_t open = text.find('<');
  const std::size_t close = text.find('>', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return {};
  const std::string_view inner = text.substr(open + 1, close - open - 1);
  return IsAddress(inner) ? inner : std::string_view();
}

template <typename Number>
bool ReadNumber(std::string_view text, Number* value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
  return error == std::errc() && end == text.data() + text.size();
}

// Minutes of one unit, 0 when it is none.
int UnitMinutes(std::string_view unit) {
  constexpr std::array<std::string_view, 5> kMinutes = {"m", "min", "mins", "minute", "minutes"};
  constexpr std::array<std::string_view, 5> kHours = {"h", "hr", "hrs", "hour", "hours"};
  if (std::find(kMinutes.begin(), kMinutes.end(), unit) != kMinutes.end()) return 1;
  return std::find(kHours.begin(), kHours.end(), unit) != kHours.end() ? 60 : 0;
}

Fault BadSpan(std::string_view text) {
  return Invalid(Quote(text) + " is not a length of time. Write it like 30 min, 1 h or 2 hours.");
}

// Takes leading bytes of one kind from `rest`.
template <typename Kind>
std::string_view Take(std::string_view& rest, Kind kind) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), kind);
  const std::string_view taken = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  rest.remove_prefix(taken.size());
  return taken;
}

// "24.12.2026" and "24/12/2026" where day and month cannot be mixed up; empty otherwise.
std::string IsoOf(std::string_view text) {
  std::string copy(text);
  std::replace(copy.begin(), copy.end(), '/', '.');
  const std::vector<std::string_view> parts = SplitText(copy, '.');
  int day = 0;
  int month = 0;
  int year = 0;
  if (parts.size() != 3 || !ReadNumber(parts[0], &day) || !ReadNumber(parts[1], &month) ||
      !ReadNumber(parts[2], &year)) {
    return {};
  }
  if (day <= 12 || day > 31 || month < 1 || month > 12 || year < 2000 || year > 9999) return {};
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return std::to_string(year) + "-" + two(month) + "-" + two(day);
}

}  // namespace

bool IsDomain(std::string_view text) {
  if (text.size() > kLongestAddress || text.find('.') == std::string_view::npos) return false;
  const std::vector<std::string_view> labels = SplitText(text, '.');
  return std::all_of(labels.begin(), labels.end(), IsLabel);
}

bool IsAddress(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || text.size() > kLongestAddress) return false;
  return IsLocalPart(text.substr(0, at)) && IsDomain(text.substr(at + 1));
}

Result<std::string> ParseAddress(std::string_view text) {
  if (IsAddress(text)) return ToLowerAscii(text);
  const std::string_view inner = InnerAddress(text.substr(0, kLongestAddress * 2));
  if (!inner.empty()) return Invalid(Quote(text) + ": write only the address: " + ToLowerAscii(inner) + ".");
  return Invalid(Quote(text) + " is not an e-mail address. Write it like dana@shop.example.");
}

Result<std::string> ParseChannel(std::string_view text) {
  const auto name = [](char c) {
    return (c >= 'a' && c <= 'z') || IsDigit(c) || c == '-' || c == '_' || c == '.' || IsForeign(c);
  };
  const auto id = [](char c) { return (c >= 'A' && c <= 'Z') || IsDigit(c); };
  if (text.size() > 1 && text.front() == '#' && std::all_of(text.begin() + 1, text.end(), name)) {
    return std::string(text);
  }
  if (text.size() >= 9 && (text.front() == 'C' || text.front() == 'G') && std::all_of(text.begin(), text.end(), id)) {
    return std::string(text);
  }
  const std::string lower = ToLowerAscii(text);
  const std::string_view bare = std::string_view(lower).substr(lower.starts_with('#') ? 1 : 0);
  const bool near = !bare.empty() && bare.size() <= 80 && std::all_of(bare.begin(), bare.end(), name);
  return Invalid(
      Quote(text) + " is not a Slack channel. " +
      (near ? "Write #" + std::string(bare) + "." : "Write it like #help-billing, or as an id like C024BE7LH."));
}

Result<double> ParsePercentage(std::string_view text) {
  double value = 0;
  std::string_view number = Trim(text.substr(0, text.find('%')));
  const bool percent = text.ends_with('%') && text.find('%') + 1 == text.size();
  const bool numeric = ReadNumber(number, &value);
  if (percent && numeric && value >= 0 && value <= 100) return value / 100;
  if (percent && numeric) return Invalid(Quote(text) + " is no share. Write a percentage from 0% to 100%.");
  if (!percent && numeric && value >= 0 && value <= 100) {
    const int whole = static_cast<int>(value <= 1 ? value * 100 + 0.5 : value + 0.5);
    return Invalid(Quote(text) + " is not a percentage. Write " + std::to_string(whole) + "%.");
  }
  return Invalid(Quote(text) + " is not a percentage. Write it like 80%.");
}

Result<std::chrono::minutes> ParseSpan(std::string_view text) {
  if (text.size() > 40) return BadSpan(text);
  const std::string folded = Fold(text);
  std::string_view rest = Trim(folded);
  int total = 0;
  while (!rest.empty()) {
    int number = 0;
    if (!ReadNumber(Take(rest, IsDigit), &number) || number > kMostMinutes) return BadSpan(text);
    rest = Trim(rest);
    const std::string_view unit = Take(rest, IsLetter);
    if (unit.empty() && rest.empty() && total == 0) {
      const std::string plain = std::to_string(number);
      return Invalid(Quote(text) + " has no unit. Write " + plain + " min or " + plain + " h.");
    }
    if (unit.starts_with("d")) return Invalid(Quote(text) + ": write days as hours, such as 24 h.");
    if (UnitMinutes(unit) == 0) return BadSpan(text);
    total += number * UnitMinutes(unit);
    if (total > kMostMinutes) return Invalid(Quote(text) + " is more than 30 days. Write less.");
    rest = Trim(rest);
  }
  if (total == 0) return BadSpan(text);
  return std::chrono::minutes(total);
}

Result<std::chrono::local_days> ParseDate(std::string_view text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  const bool shape = text.size() == 10 && text[4] == '-' && text[7] == '-' && ReadNumber(text.substr(0, 4), &year) &&
                     ReadNumber(text.substr(5, 2), &month) && ReadNumber(text.substr(8, 2), &day);
  if (!shape) {
    const std::string iso = IsoOf(text.substr(0, 16));
    return Invalid(Quote(text) + " is not a date. Write " + (iso.empty() ? "it like 2026-12-24" : iso) + ".");
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok() || year < 2000) return Invalid(Quote(text) + ": there is no such day. Write it like 2026-12-24.");
  return std::chrono::local_days(date);
}

Result<Urgency> ParseLevel(std::string_view text) {
  const auto level = text.size() > 20 ? std::nullopt : ParseUrgency(Fold(text));
  if (level) return *level;
  return Invalid(Quote(text) + " is no urgency." + DidYouMean(text, {"low", "medium", "high"}) +
                 " Write low, medium or high.");
}

std::string FormulaFault(std::string_view cell) {
  constexpr std::string_view kLoading = "Loading...";  // as Google Sheets shows it
  constexpr std::array<std::string_view, 8> kErrors = {"#REF!",   "#N/A",  "#NAME?", "#VALUE!",
                                                       "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!"};
  const std::string_view text = Trim(cell);
  if (text == kLoading) {
    return std::string(kLoading) +
           " is a formula that is not computed yet. Open the Sheet until it is, or write the"
           " value itself.";
  }
  if (std::find(kErrors.begin(), kErrors.end(), text) == kErrors.end()) return {};
  return std::string(text) + " is a formula's error. Mend the formula.";
}

}  // namespace tr::rules
