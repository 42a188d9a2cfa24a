#include "rules/hours.h"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <stdexcept>

#include "base/text.h"

namespace tr::rules {
namespace {

using std::chrono::days;
using std::chrono::minutes;

using Local = std::chrono::local_time<Duration>;

constexpr days kHorizon{400};  // hours.h: nobody is closed for longer, and every search ends
constexpr minutes kDay{1440};
constexpr minutes kWeek{10080};

// Null when the zone database does not know the name. The database is read once per zone and process.
const date::time_zone* FindZone(std::string_view name) {
  thread_local std::map<std::string, const date::time_zone*, std::less<>> known;
  if (const auto found = known.find(name); found != known.end()) return found->second;
  try {
    const date::time_zone* zone = date::locate_zone(std::string(name));
    known.emplace(name, zone);
    return zone;
  } catch (const std::exception&) {  // unknown name, or no database on this machine
    return nullptr;
  }
}

// A stretch of time in which the zone's clocks run without a jump.
struct Stretch {
  Duration offset{};
  std::optional<Time> end;  // empty: it does not end

  Local ToLocal(Time time) const { return Local(time.time_since_epoch() + offset); }
  Time ToUtc(Local local) const { return Time(local.time_since_epoch() - offset); }
};

// REQUIRES of the result: used for times at or after `at` and before its end. An unknown zone is UTC.
Stretch StretchAt(const date::time_zone* zone, Time at) {
  if (zone == nullptr) return {};
  const date::sys_info info = zone->get_info(std::chrono::floor<std::chrono::seconds>(at));
  // The last stretch ends at a far year that milliseconds since 1970 may not hold.
  if (info.end - std::chrono::floor<std::chrono::seconds>(at) > 2 * kHorizon) return {info.offset, std::nullopt};
  return {info.offset, Time(info.end)};
}

minutes SinceMonday(std::chrono::local_days day) {
  return kDay * static_cast<int>(std::chrono::weekday(day).iso_encoding() - 1);
}

const ClosedDays* ClosedOn(const RuleBook& book, std::chrono::local_days day) {
  const auto found = std::find_if(book.hours.closed.begin(), book.hours.closed.end(),
                                  [&](const ClosedDays& closed) { return closed.first <= day && day <= closed.last; });
  return found == book.hours.closed.end() ? nullptr : &*found;
}

// Local time from which, and until which, a team is at work.
struct Shift {
  Local begin;
  Local end;
};

// The first shift of the day that ends after `from`, cut to begin at `from`; nothing when none is left.
std::optional<Shift> ShiftOn(const Team& team, std::chrono::local_days day, Local from) {
  const minutes monday = SinceMonday(day);
  for (const WeekSpan& span : team.hours) {
    const minutes begin = std::max(minutes(span.begin) - monday, minutes(0));
    const minutes end = std::min(minutes(span.end) - monday, kDay);
    if (begin < end && Local(day + end) > from) return Shift{std::max(Local(day + begin), from), Local(day + end)};
  }
  return std::nullopt;
}

// The first shift that ends after `from`, on clocks that do not jump; nothing when none begins before `horizon`.
std::optional<Shift> NextShift(const RuleBook& book, const Team& team, Local from, Local horizon) {
  for (auto day = std::chrono::floor<days>(from); Local(day) < horizon;) {
    if (const ClosedDays* closed = ClosedOn(book, day)) {
      day = closed->last + days(1);
      continue;
    }
    if (const auto shift = ShiftOn(team, day, from)) return shift;
    day += days(1);
  }
  return std::nullopt;
}

// From when until when a team is at work.
struct OpenSpan {
  Time begin;
  Time end;
};

// The first span of work that ends after `from`. Where clocks are set forward or back it ends, and the next one begins.
std::optional<OpenSpan> NextSpan(const RuleBook& book, const Team& team, Time from, Time horizon) {
  const date::time_zone* zone = FindZone(team.time_zone);
  while (from < horizon) {
    const Stretch stretch = StretchAt(zone, from);
    const auto shift = NextShift(book, team, stretch.ToLocal(from), stretch.ToLocal(horizon));
    const Time begin = shift ? stretch.ToUtc(shift->begin) : horizon;
    if (shift && (!stretch.end || begin < *stretch.end)) {
      const Time end = stretch.ToUtc(shift->end);
      return OpenSpan{begin, stretch.end ? std::min(end, *stretch.end) : end};
    }
    if (!stretch.end) return std::nullopt;
    from = *stretch.end;
  }
  return std::nullopt;
}

std::chrono::local_days LocalDay(const Team& team, Time at) {
  return std::chrono::floor<days>(StretchAt(FindZone(team.time_zone), at).ToLocal(at));
}

// The moment at which the team's clocks first show `local`; where they jump over it, the moment of the jump.
Time FirstMoment(const Team& team, Local local) {
  const date::time_zone* zone = FindZone(team.time_zone);
  if (zone == nullptr) return Time(local.time_since_epoch());
  const date::local_time<Duration> shown(local.time_since_epoch());
  return std::chrono::time_point_cast<Duration>(zone->to_sys(shown, date::choose::earliest));
}

}  // namespace

bool IsOpen(const RuleBook& book, const Team& team, Time at) { return NextOpen(book, team, at) == at; }

Time NextOpen(const RuleBook& book, const Team& team, Time at) {
  if (team.always_open) return at;
  const Time horizon = at + kHorizon;
  const auto span = NextSpan(book, team, at, horizon);
  return span ? std::min(span->begin, horizon) : horizon;
}

Time AddWorkingTime(const RuleBook& book, const Team& team, Time from, std::chrono::minutes span) {
  if (span <= minutes(0)) return from;
  if (team.always_open) return from + std::min<Duration>(span, kHorizon);
  const Time horizon = from + kHorizon;
  Duration left = span;
  for (Time at = from; at < horizon;) {
    const auto open = NextSpan(book, team, at, horizon);
    if (!open) return horizon;
    if (open->end - open->begin >= left) return std::min(open->begin + left, horizon);
    left -= open->end - open->begin;
    at = open->end;
  }
  return horizon;
}

const Away* FindAway(const RuleBook& book, const Team& team, std::string_view person, Time at) {
  if (person.empty() || book.hours.away.empty()) return nullptr;
  const auto today = LocalDay(team, at);
  const auto found = std::find_if(book.hours.away.begin(), book.hours.away.end(), [&](const Away& away) {
    return EqualsIgnoreCaseAscii(away.person, person) && today <= away.until && !away.instead.empty();
  });
  return found == book.hours.away.end() ? nullptr : &*found;
}

std::string_view StandIn(const RuleBook& book, const Team& team, std::string_view person, Time at) {
  const Away* away = FindAway(book, team, person, at);
  return away == nullptr ? person : std::string_view(away->instead);
}

Result<Time> ParseLocalTime(const Team& team, std::string_view text) {
  const std::string line(Trim(text));
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int used = 0;
  const int fields = std::sscanf(line.c_str(), "%4d-%2u-%2u %2d:%2d%n", &year, &month, &day, &hour, &minute, &used);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  const bool whole = fields == 5 && static_cast<std::size_t>(used) == line.size();
  if (!whole || !date.ok() || year < 1970 || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    return Invalid("not a date and time. Write it as 2026-12-08 10:00");
  }
  return FirstMoment(team, std::chrono::local_days(date) + std::chrono::hours(hour) + minutes(minute));
}

std::string FormatLocalTime(const Team& team, Time time) {
  const Local local = StretchAt(FindZone(team.time_zone), time).ToLocal(time);
  const auto midnight = std::chrono::floor<days>(local);
  const std::chrono::year_month_day date(midnight);
  const auto minute = std::chrono::floor<minutes>(local - midnight).count();
  std::array<char, 40> text{};
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                 static_cast<int>(minute / 60), static_cast<int>(minute % 60));
  return {text.data(), static_cast<std::size_t>(std::clamp(size, 0, static_cast<int>(text.size()) - 1))};
}

bool IsTimeZone(std::string_view name) { return !name.empty() && FindZone(name) != nullptr; }

}  // namespace tr::rules
