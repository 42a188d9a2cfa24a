#include "rules/hours_parse.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "base/text.h"
#include "rules/problems.h"
#include "rules/suggest.h"

namespace tr::rules {
namespace {

constexpr int kDay = 24 * 60;
constexpr int kWeek = 7 * kDay;
constexpr std::size_t kLongestCell = 2000;
constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 7> kShort = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::string_view kExample = "Write it like Mon-Fri 9:00-17:00; Sat 9:00-13:00, or always.";

// From one day of the week to another, both included; may run over Sunday.
struct DayRange {
  int first = 0;
  int last = 0;
};

std::string NameOf(const DayRange& days) {
  const std::string first(kShort[static_cast<std::size_t>(days.first)]);
  return days.first == days.last ? first : first + "-" + std::string(kShort[static_cast<std::size_t>(days.last)]);
}

std::string ClockOf(int minutes) {
  const std::string rest = std::to_string(minutes % 60);
  return std::to_string(minutes / 60) + ":" + (rest.size() < 2 ? "0" : "") + rest;
}

std::string SpanOf(int begin, int end) { return ClockOf(begin) + "-" + ClockOf(end); }

// Dashes that a sheet makes of "-" become "-"; blanks around them go.
std::string Plain(std::string_view cell) {
  std::string folded = Fold(cell);
  for (const std::string_view dash : {"\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92", "\xE2\x80\x90", "\xE2\x80\x91"}) {
    for (std::size_t at = folded.find(dash); at != std::string::npos; at = folded.find(dash, at)) {
      folded.replace(at, dash.size(), "-");
    }
  }
  std::string plain;
  for (const char c : Squeeze(folded)) {
    if (c == '-' && plain.ends_with(' ')) plain.pop_back();
    if (c == ' ' && plain.ends_with('-')) continue;
    plain += c;
  }
  return plain;
}

std::optional<int> DayOf(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  for (std::size_t day = 0; day < kDays.size(); ++day) {
    if (text.size() >= 3 && kDays[day].starts_with(text)) return static_cast<int>(day);
  }
  return std::nullopt;
}

std::optional<DayRange> DaysOf(std::string_view text) {
  const std::size_t dash = text.find('-');
  const std::optional<int> first = DayOf(text.substr(0, dash));
  const std::optional<int> last = dash == std::string_view::npos ? first : DayOf(text.substr(dash + 1));
  if (!first || !last) return std::nullopt;
  return DayRange{*first, *last};
}

std::optional<int> NumberOf(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text.size() > 2 || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct ClockTime {
  int minutes = 0;
  bool half_day = false;  // written with am or pm
};

std::optional<ClockTime> ClockTimeOf(std::string_view text) {
  const bool pm = text.ends_with("pm");
  const bool half_day = pm || text.ends_with("am");
  if (half_day) text = Trim(text.substr(0, text.size() - 2));
  const std::size_t colon = text.find_first_of(":.");
  const std::optional<int> hour = NumberOf(text.substr(0, colon));
  const std::optional<int> minute = colon == std::string_view::npos ? 0 : NumberOf(text.substr(colon + 1));
  if (!hour || !minute || *minute > 59 || *hour < 0 || *minute < 0) return std::nullopt;
  const int hours = half_day ? *hour % 12 + (pm ? 12 : 0) : *hour;
  if (hours * 60 + *minute > kDay) return std::nullopt;
  return ClockTime{hours * 60 + *minute, half_day};
}

// What was probably meant by a span that ends before it starts: the afternoon, or a night shift in two pieces.
std::string Mended(const DayRange& days, int begin, int end) {
  if (end + kDay / 2 > begin && end <= kDay / 2) return NameOf(days) + " " + SpanOf(begin, end + kDay / 2);
  const DayRange next{(days.first + 1) % 7, (days.last + 1) % 7};
  const std::string evening = NameOf(days) + " " + SpanOf(begin, kDay);
  return end == 0 ? evening : evening + "; " + NameOf(next) + " " + SpanOf(0, end);
}

// Reads the parts between "," and ";" one after another.
class HoursReader {
 public:
  Result<TeamHours> Read(std::string_view plain) {
    for (const std::string_view segment : SplitText(plain, ';')) {
      days_.clear();
      timed_ = false;
      for (const std::string_view part : SplitText(segment, ',')) TR_TRY(ReadPart(Trim(part)));
      if (!days_.empty() && !timed_) return Invalid("names days without times. " + std::string(kExample));
    }
    if (spans_.empty()) return Invalid("names no times. " + std::string(kExample));
    return Merge();
  }

 private:
  // "mon-fri 8:00-12:00", "sat" (more days follow) or "12:30-17:00" (more times of the same days).
  Result<void> ReadPart(std::string_view part) {
    if (part.empty()) return Ok();
    const std::size_t digit = std::min(part.find_first_of("0123456789"), part.size());
    std::string_view days = Trim(part.substr(0, digit));
    if (days.ends_with(':')) days = Trim(days.substr(0, days.size() - 1));
    if (!days.empty()) TR_TRY(ReadDays(days));
    return digit == part.size() ? Ok() : ReadTimes(part.substr(digit));
  }

  Result<void> ReadDays(std::string_view text) {
    if (timed_) {
      days_.clear();
      timed_ = false;
    }
    const std::optional<DayRange> days = DaysOf(text);
    if (!days) {
      return Invalid(Quote(text) + " is no day. Days are Mon, Tue, Wed, Thu, Fri, Sat, Sun. " + std::string(kExample));
    }
    days_.push_back(*days);
    return Ok();
  }

  Result<void> ReadTimes(std::string_view text) {
    const std::size_t dash = text.find('-');
    const std::optional<ClockTime> begin = ClockTimeOf(Trim(text.substr(0, dash)));
    const std::optional<ClockTime> end =
        dash == std::string_view::npos ? std::nullopt : ClockTimeOf(Trim(text.substr(dash + 1)));
    if (!begin || !end) return Invalid(Quote(text) + " is no span of time. " + std::string(kExample));
    const DayRange days = days_.empty() ? DayRange{0, 4} : days_.front();
    if (begin->half_day || end->half_day) {
      return Invalid("am and pm are not understood. Write " + NameOf(days) + " " +
                     SpanOf(begin->minutes, end->minutes) + ".");
    }
    if (end->minutes <= begin->minutes) {
      return Invalid("ends before it starts. Write " + Mended(days, begin->minutes, end->minutes) + ".");
    }
    const std::string span = SpanOf(begin->minutes, end->minutes);
    if (days_.empty()) return Invalid("names no days. Write Mon-Fri " + span + " or Mon-Sun " + span + ".");
    Add(begin->minutes, end->minutes);
    return Ok();
  }

  void Add(int begin, int end) {
    timed_ = true;
    for (const DayRange& days : days_) {
      const int count = (days.last - days.first + 7) % 7 + 1;
      for (int i = 0; i < count; ++i) {
        const int midnight = (days.first + i) % 7 * kDay;
        spans_.push_back({midnight + begin, midnight + end});
      }
    }
  }

  TeamHours Merge() {
    std::sort(spans_.begin(), spans_.end(), [](const WeekSpan& a, const WeekSpan& b) { return a.begin < b.begin; });
    TeamHours hours{false, {}, false};
    for (const WeekSpan& span : spans_) {
      if (hours.spans.empty() || span.begin > hours.spans.back().end) {
        hours.spans.push_back(span);
        continue;
      }
      hours.overlapped = hours.overlapped || span.begin < hours.spans.back().end;
      hours.spans.back().end = std::max(hours.spans.back().end, span.end);
    }
    return hours;
  }

  std::vector<DayRange> days_;
  bool timed_ = false;
  std::vector<WeekSpan> spans_;
};

static_assert(kWeek == 10080);  // WeekSpan's own limit

}  // namespace

Result<TeamHours> ParseTeamHours(std::string_view cell) {
  if (cell.size() > kLongestCell) return Invalid("is longer than 2000 bytes. " + std::string(kExample));
  const std::string plain = Plain(cell);
  if (plain.empty() || plain == "always") return TeamHours{};
  if (plain == "24/7" || plain == "closed" || plain == "never") {
    return Invalid("is not understood. " + std::string(plain == "24/7" ? "Write always." : kExample));
  }
  return HoursReader().Read(plain);
}

}  // namespace tr::rules
