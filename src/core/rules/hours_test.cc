#include "rules/hours.h"

#include <gtest/gtest.h>

namespace tr::rules {
namespace {

using std::chrono::minutes;

constexpr int Minute(int day, int hour, int minute = 0) { return day * 1440 + hour * 60 + minute; }  // 0: Monday

std::chrono::local_days Day(int year, unsigned month, unsigned day) {
  return std::chrono::local_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}

Team MakeTeam(std::string zone, std::vector<WeekSpan> hours) {
  Team team;
  team.name = "Team";
  team.always_open = hours.empty();
  team.hours = std::move(hours);
  team.time_zone = std::move(zone);
  return team;
}

// Mon-Fri 8:00-12:00, 12:30-17:00; Sat 9:00-13:00.
Team Shipping(std::string zone = "Europe/Berlin") {
  std::vector<WeekSpan> hours;
  for (int day = 0; day < 5; ++day) {
    hours.push_back({Minute(day, 8), Minute(day, 12)});
    hours.push_back({Minute(day, 12, 30), Minute(day, 17)});
  }
  hours.push_back({Minute(5, 9), Minute(5, 13)});
  return MakeTeam(std::move(zone), std::move(hours));
}

RuleBook Christmas() {
  RuleBook book;
  book.hours.closed = {{Day(2026, 12, 24), Day(2026, 12, 26)}, {Day(2027, 1, 1), Day(2027, 1, 1)}};
  return book;
}

Time At(std::string_view rfc3339) {
  const auto time = ParseTime(rfc3339);
  EXPECT_TRUE(time.ok()) << rfc3339;
  return time.ok() ? *time : Time{};
}

Time LocalAt(const Team& team, std::string_view text) {
  const auto time = ParseLocalTime(team, text);
  EXPECT_TRUE(time.ok()) << text;
  return time.ok() ? *time : Time{};
}

struct OpenCase {
  std::string at;    // local
  std::string open;  // local; the same: it is open
};

class NextOpenOf : public testing::TestWithParam<OpenCase> {};

TEST_P(NextOpenOf, Shipping) {
  const Team team = Shipping();
  const RuleBook book = Christmas();
  const Time at = LocalAt(team, GetParam().at);
  EXPECT_EQ(FormatLocalTime(team, NextOpen(book, team, at)), GetParam().open);
  EXPECT_EQ(IsOpen(book, team, at), GetParam().at == GetParam().open);
}

INSTANTIATE_TEST_SUITE_P(
    Hours, NextOpenOf,
    testing::Values(OpenCase{"2026-12-08 10:00", "2026-12-08 10:00"}, OpenCase{"2026-12-08 08:00", "2026-12-08 08:00"},
                    OpenCase{"2026-12-08 07:59", "2026-12-08 08:00"}, OpenCase{"2026-12-08 12:00", "2026-12-08 12:30"},
                    OpenCase{"2026-12-08 16:59", "2026-12-08 16:59"}, OpenCase{"2026-12-08 17:00", "2026-12-09 08:00"},
                    OpenCase{"2026-12-11 17:00", "2026-12-12 09:00"},  // Saturday
                    OpenCase{"2026-12-12 13:00", "2026-12-14 08:00"},  // over Sunday
                    OpenCase{"2026-12-23 17:00", "2026-12-28 08:00"},  // closed until Saturday
                    OpenCase{"2026-12-24 10:00", "2026-12-28 08:00"}, OpenCase{"2027-01-01 10:00", "2027-01-02 09:00"},
                    OpenCase{"2026-12-31 16:00", "2026-12-31 16:00"}));

TEST(NextOpen, ATeamWithoutHoursIsOpenOnClosedDaysToo) {
  const Team team = MakeTeam("Europe/Berlin", {});
  const Time at = LocalAt(team, "2026-12-25 03:00");
  EXPECT_TRUE(IsOpen(Christmas(), team, at));
  EXPECT_EQ(NextOpen(Christmas(), team, at), at);
}

TEST(NextOpen, LooksAtMost400DaysAhead) {
  RuleBook book;
  book.hours.closed = {{Day(2020, 1, 1), Day(2099, 12, 31)}};
  const Team team = Shipping();
  const Time at = LocalAt(team, "2026-12-08 10:00");
  EXPECT_EQ(NextOpen(book, team, at), at + std::chrono::days(400));
  EXPECT_FALSE(IsOpen(book, team, at));
  EXPECT_EQ(AddWorkingTime(book, team, at, minutes(1)), at + std::chrono::days(400));
}

// Berlin 2026: 29 March 02:00 becomes 03:00; 25 October 03:00 becomes 02:00. Both are Sundays.
TEST(NextOpen, OpeningInsideTheHourThatSpringSkips) {
  const Team team = MakeTeam("Europe/Berlin", {{Minute(6, 2, 30), Minute(6, 4)}});
  const RuleBook book;
  EXPECT_EQ(NextOpen(book, team, At("2026-03-29T00:00:00Z")), At("2026-03-29T01:00:00Z")) << "03:00, when it is past";
  EXPECT_TRUE(IsOpen(book, team, At("2026-03-29T01:30:00Z")));
  EXPECT_EQ(NextOpen(book, team, At("2026-03-29T02:00:00Z")), At("2026-04-05T00:30:00Z")) << "04:00 is closed";
}

TEST(NextOpen, HoursThatAutumnShowsTwice) {
  const Team team = MakeTeam("Europe/Berlin", {{Minute(6, 2), Minute(6, 2, 30)}});
  const RuleBook book;
  EXPECT_EQ(NextOpen(book, team, At("2026-10-24T22:00:00Z")), At("2026-10-25T00:00:00Z")) << "the first 02:00";
  EXPECT_FALSE(IsOpen(book, team, At("2026-10-25T00:45:00Z"))) << "the first 02:45";
  EXPECT_EQ(NextOpen(book, team, At("2026-10-25T00:45:00Z")), At("2026-10-25T01:00:00Z")) << "the second 02:00";
  EXPECT_EQ(AddWorkingTime(book, team, At("2026-10-25T00:00:00Z"), minutes(60)), At("2026-10-25T01:30:00Z"));
}

TEST(NextOpen, SeveralZonesAndHalfHours) {
  const RuleBook book;
  const Time at = At("2026-07-06T00:00:00Z");  // a Monday
  for (const auto& [zone, open] :
       std::vector<std::pair<std::string, std::string>>{{"UTC", "2026-07-06T08:00:00Z"},
                                                        {"Asia/Kolkata", "2026-07-06T02:30:00Z"},
                                                        {"America/New_York", "2026-07-06T12:00:00Z"},
                                                        {"No/Where", "2026-07-06T08:00:00Z"},
                                                        {"Pacific/Auckland", "2026-07-06T00:30:00Z"}}) {
    EXPECT_EQ(FormatTime(NextOpen(book, Shipping(zone), at)), FormatTime(At(open))) << zone;
  }
}

TEST(NextOpen, TheWholeWeekIsNeverClosed) {
  const Team team = MakeTeam("Europe/Berlin", {{0, 10080}});
  const Time at = At("2026-03-29T01:00:00Z");
  EXPECT_EQ(NextOpen(RuleBook(), team, at), at);
  EXPECT_EQ(AddWorkingTime(RuleBook(), team, at, std::chrono::hours(48)), at + std::chrono::hours(48));
}

TEST(AddWorkingTime, SkipsBreaksNightsAndClosedDays) {
  const Team team = Shipping();
  const RuleBook book = Christmas();
  const auto after = [&](std::string_view from, minutes span) {
    return FormatLocalTime(team, AddWorkingTime(book, team, LocalAt(team, from), span));
  };
  EXPECT_EQ(after("2026-12-08 10:00", minutes(0)), "2026-12-08 10:00");
  EXPECT_EQ(after("2026-12-08 10:00", minutes(120)), "2026-12-08 12:00");
  EXPECT_EQ(after("2026-12-08 10:00", minutes(121)), "2026-12-08 12:31");
  EXPECT_EQ(after("2026-12-08 23:00", minutes(60)), "2026-12-09 09:00");
  EXPECT_EQ(after("2026-12-23 16:30", minutes(60)), "2026-12-28 08:30");
  const Team always = MakeTeam("UTC", {});
  EXPECT_EQ(AddWorkingTime(book, always, At("2026-12-25T00:00:00Z"), minutes(90)), At("2026-12-25T01:30:00Z"));
}

TEST(StandIn, UntilTheLastDayInTheTeamsZoneAndOneStep) {
  RuleBook book;
  book.hours.away = {{"dana@shop.example", Day(2026, 12, 5), "luis@shop.example", {}},
                     {"luis@shop.example", Day(2026, 12, 5), "mei@shop.example", {}}};
  const Team team = MakeTeam("Europe/Berlin", {});
  const auto answers = [&](std::string_view person, std::string_view at) {
    return std::string(StandIn(book, team, person, LocalAt(team, at)));
  };
  EXPECT_EQ(answers("dana@shop.example", "2026-12-01 10:00"), "luis@shop.example");
  EXPECT_EQ(answers("dana@shop.example", "2026-12-05 23:59"), "luis@shop.example");
  EXPECT_EQ(answers("dana@shop.example", "2026-12-06 00:00"), "dana@shop.example");
  EXPECT_EQ(answers("Dana@Shop.example", "2026-12-01 10:00"), "luis@shop.example");
  EXPECT_EQ(answers("omar@shop.example", "2026-12-01 10:00"), "omar@shop.example");
  EXPECT_EQ(answers("", "2026-12-01 10:00"), "");
}

TEST(LocalTime, ReadsWhatItWrites) {
  const Team team = MakeTeam("Europe/Berlin", {});
  for (const char* text : {"2026-12-08 10:00", "2026-07-01 00:00", "2028-02-29 23:59", "1970-01-02 00:00"}) {
    EXPECT_EQ(FormatLocalTime(team, LocalAt(team, text)), text);
  }
  EXPECT_EQ(LocalAt(team, " 2026-7-1 9:05 "), At("2026-07-01T07:05:00Z"));
  EXPECT_EQ(LocalAt(team, "2026-03-29 02:30"), At("2026-03-29T01:00:00Z")) << "skipped: the jump";
  EXPECT_EQ(LocalAt(team, "2026-10-25 02:30"), At("2026-10-25T00:30:00Z")) << "twice: the first";
}

TEST(LocalTime, RefusesEverythingElse) {
  const Team team = MakeTeam("Europe/Berlin", {});
  for (const char* text :
       {"", "tomorrow", "2026-12-08", "2026-12-08 24:00", "2026-12-08 10:60", "2026-02-30 10:00", "2026-13-01 10:00",
        "08.12.2026 10:00", "2026-12-08 10:00 Uhr", "0026-12-08 10:00", "2026-12-08 -1:00", "99999-12-08 10:00"}) {
    const auto time = ParseLocalTime(team, text);
    EXPECT_FALSE(time.ok()) << text;
    EXPECT_TRUE(time.ok() || time.fault().kind == FaultKind::kInvalid) << text;
  }
}

TEST(IsTimeZone, KnowsNamesOfTheDatabaseOnly) {
  EXPECT_TRUE(IsTimeZone("Europe/Berlin"));
  EXPECT_TRUE(IsTimeZone("UTC"));
  EXPECT_FALSE(IsTimeZone("Europe/Berlim"));
  EXPECT_FALSE(IsTimeZone(""));
  EXPECT_FALSE(IsTimeZone("../../etc/passwd"));
}

}  // namespace
}  // namespace tr::rules
