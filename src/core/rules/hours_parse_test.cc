#include "rules/hours_parse.h"

#include <gtest/gtest.h>

#include <string>

namespace tr::rules {
namespace {

constexpr int kDay = 24 * 60;

struct Case {
  std::string cell;
  std::vector<WeekSpan> spans;
};

WeekSpan On(int day, int from, int to) { return {day * kDay + from * 60, day * kDay + to * 60}; }

class Reads : public testing::TestWithParam<Case> {};

TEST_P(Reads, TheSpans) {
  const Result<TeamHours> hours = ParseTeamHours(GetParam().cell);
  ASSERT_TRUE(hours.ok()) << hours.fault().text;
  EXPECT_EQ(hours->spans, GetParam().spans);
  EXPECT_EQ(hours->always_open, GetParam().spans.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Cells, Reads,
    testing::Values(Case{"", {}}, Case{" Always ", {}}, Case{"Mon 9:00-17:00", {On(0, 9, 17)}},
                    Case{"Mon 9-17", {On(0, 9, 17)}}, Case{"monday 09:00 - 17:00", {On(0, 9, 17)}},
                    Case{"Mon\xE2\x80\x93Tue 9:00\xE2\x80\x93"
                         "17:00",
                         {On(0, 9, 17), On(1, 9, 17)}},
                    Case{"Mon, Wed 9:00-12:00", {On(0, 9, 12), On(2, 9, 12)}},
                    Case{"Mon 8:00-12:00, 13:00-17:00; Sat 9:00-13:00", {On(0, 8, 12), On(0, 13, 17), On(5, 9, 13)}},
                    Case{"Mon 8:00-12:00, Sat 9:00-13:00", {On(0, 8, 12), On(5, 9, 13)}},
                    Case{"Sun-Mon 0:00-24:00", {On(0, 0, 24), On(6, 0, 24)}},
                    Case{"Mon 9:00-12:00, 12:00-17:00", {On(0, 9, 17)}}, Case{"Sat: 10:00-11:00", {On(5, 10, 11)}}));

TEST(ParseTeamHours, MarksSpansThatOverlap) {
  EXPECT_TRUE(ParseTeamHours("Mon 9:00-13:00, 12:00-17:00")->overlapped);
  EXPECT_FALSE(ParseTeamHours("Mon 9:00-12:00, 12:00-17:00")->overlapped);
}

TEST(ParseTeamHours, SaysHowToMend) {
  EXPECT_EQ(ParseTeamHours("9-5").fault().text, "ends before it starts. Write Mon-Fri 9:00-17:00.");
  EXPECT_EQ(ParseTeamHours("Sat-Sun 9-5").fault().text, "ends before it starts. Write Sat-Sun 9:00-17:00.");
  EXPECT_EQ(ParseTeamHours("Sun 22:00-0:00").fault().text, "ends before it starts. Write Sun 22:00-24:00.");
  EXPECT_EQ(ParseTeamHours("24/7").fault().text, "is not understood. Write always.");
  for (const char* cell :
       {"Mon", "Mon-Fri 9", "Mon 9:60-10:00", "Mon 9:00-24:01", "-", ";", "Mon 9-17 Tue 9-17", "99"}) {
    EXPECT_FALSE(ParseTeamHours(cell).ok()) << cell;
  }
}

}  // namespace
}  // namespace tr::rules
