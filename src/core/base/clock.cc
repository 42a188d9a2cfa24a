#include "base/clock.h"

#include <algorithm>
#include <optional>

namespace tr {
namespace {

// Reads exactly `digits` decimal digits and advances; nothing when there are fewer.
std::optional<int> TakeNumber(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool TakeChar(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// The fraction after the seconds, as milliseconds; further digits are cut off.
std::optional<int> TakeFraction(std::string_view& text) {
  if (!TakeChar(text, ".,")) return 0;
  int millis = 0;
  int digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    if (digits < 3) millis = millis * 10 + (text.front() - '0');
    ++digits;
    text.remove_prefix(1);
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 3; ++digits) millis *= 10;
  return millis;
}

// "", "Z" or "+HH:MM": minutes east of UTC.
std::optional<int> TakeOffset(std::string_view& text) {
  if (text.empty() || TakeChar(text, "Zz")) return 0;
  const int sign = text.front() == '-' ? -1 : 1;
  if (!TakeChar(text, "+-")) return std::nullopt;
  const auto hours = TakeNumber(text, 2);
  if (!hours || *hours > 23) return std::nullopt;
  TakeChar(text, ":");
  const auto minutes = TakeNumber(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

std::optional<Time> Parse(std::string_view text) {
  const auto year = TakeNumber(text, 4);
  if (!year || !TakeChar(text, "-")) return std::nullopt;
  const auto month = TakeNumber(text, 2);
  if (!month || !TakeChar(text, "-")) return std::nullopt;
  const auto day = TakeNumber(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || !TakeChar(text, "Tt ")) return std::nullopt;
  const auto hour = TakeNumber(text, 2);
  if (!hour || *hour > 23 || !TakeChar(text, ":")) return std::nullopt;
  const auto minute = TakeNumber(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  int millis = 0;
  if (TakeChar(text, ":")) {
    const auto seconds = TakeNumber(text, 2);
    if (!seconds || *seconds > 60) return std::nullopt;  // 60: a leap second, RFC 3339 5.6
    const auto fraction = TakeFraction(text);
    if (!fraction) return std::nullopt;
    second = *seconds;
    millis = *fraction;
  }
  const auto offset = TakeOffset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return Time(std::chrono::sys_days(date)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute - *offset) +
         std::chrono::seconds(second) + std::chrono::milliseconds(millis);
}

// The lowest `digits` decimal digits of a number that is not negative.
void PutNumber(std::string& text, std::size_t at, std::size_t digits, int number) {
  for (std::size_t i = digits; i > 0; --i, number /= 10) text[at + i - 1] = static_cast<char>('0' + number % 10);
}

}  // namespace

std::string FormatTime(Time time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(time - days);
  // Written by hand: five of these stand in every ticket that is stored.
  std::string text = "0000-00-00T00:00:00.000Z";
  PutNumber(text, 0, 4, std::clamp(static_cast<int>(date.year()), 0, 9999));
  PutNumber(text, 5, 2, static_cast<int>(static_cast<unsigned>(date.month())));
  PutNumber(text, 8, 2, static_cast<int>(static_cast<unsigned>(date.day())));
  PutNumber(text, 11, 2, static_cast<int>(clock.hours().count()));
  PutNumber(text, 14, 2, static_cast<int>(clock.minutes().count()));
  PutNumber(text, 17, 2, static_cast<int>(clock.seconds().count()));
  PutNumber(text, 20, 3, static_cast<int>(clock.subseconds().count()));
  return text;
}

Result<Time> ParseTime(std::string_view text) {
  if (const auto time = Parse(text)) return *time;
  return Invalid("not a time; write it as 2026-12-08T10:00:00Z");
}

}  // namespace tr
