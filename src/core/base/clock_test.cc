#include "base/clock.h"

#include <gtest/gtest.h>

namespace tr {
namespace {

TEST(ClockTest, FormatsAndReadsBack) {
  const struct {
    std::int64_t millis;
    std::string text;
  } cases[] = {
      {0, "1970-01-01T00:00:00.000Z"},
      {1, "1970-01-01T00:00:00.001Z"},
      {-1, "1969-12-31T23:59:59.999Z"},
      {1796724000000, "2026-12-08T10:00:00.000Z"},
      {951782399999, "2000-02-28T23:59:59.999Z"},
      {951782400000, "2000-02-29T00:00:00.000Z"},
      {253402300799999, "9999-12-31T23:59:59.999Z"},
      {-62167219200000, "0000-01-01T00:00:00.000Z"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(FormatTime(FromMillis(c.millis)), c.text);
    const auto time = ParseTime(c.text);
    ASSERT_TRUE(time.ok()) << c.text;
    EXPECT_EQ(ToMillis(*time), c.millis) << c.text;
  }
}

TEST(ClockTest, AYearThatDoesNotFitStaysFourDigits) {
  EXPECT_EQ(FormatTime(FromMillis(253402300800000)).substr(0, 5), "9999-");
  EXPECT_EQ(FormatTime(FromMillis(-62167219200001)).substr(0, 5), "0000-");
}

TEST(ClockTest, ReadsWhatOthersWrite) {
  const struct {
    std::string text;
    std::string same;
  } cases[] = {
      {"2026-12-08T10:00:00Z", "2026-12-08T10:00:00.000Z"},
      {"2026-12-08t10:00:00z", "2026-12-08T10:00:00.000Z"},
      {"2026-12-08 10:00", "2026-12-08T10:00:00.000Z"},
      {"2026-12-08T10:00:00.5Z", "2026-12-08T10:00:00.500Z"},
      {"2026-12-08T10:00:00.123456789Z", "2026-12-08T10:00:00.123Z"},
      {"2026-12-08T10:00:00+01:00", "2026-12-08T09:00:00.000Z"},
      {"2026-12-08T10:00:00-05:30", "2026-12-08T15:30:00.000Z"},
      {"2026-01-01T00:30:00+02:00", "2025-12-31T22:30:00.000Z"},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"},
  };
  for (const auto& c : cases) {
    const auto time = ParseTime(c.text);
    ASSERT_TRUE(time.ok()) << c.text;
    EXPECT_EQ(FormatTime(*time), c.same) << c.text;
  }
}

TEST(ClockTest, RefusesWhatIsNoTime) {
  for (const std::string_view text :
       {"", "now", "2026", "2026-12-08", "2026-13-01 10:00", "2026-02-29 10:00", "2026-00-10 10:00",
        "2026-12-08T24:00Z", "2026-12-08T10:60Z", "2026-12-08T10:00:61Z", "2026-12-08T10:00:00.Z",
        "2026-12-08T10:00:00+24:00", "2026-12-08T10:00:00+1", "2026-12-08T10:00:00Zx", "2026-12-08T10:00:00 Z",
        " 2026-12-08T10:00:00Z", "-2026-12-08T10:00:00Z", "2026-12-08_10:00", "\u0662026-12-08 10:00"}) {
    const auto time = ParseTime(text);
    ASSERT_FALSE(time.ok()) << text;
    EXPECT_EQ(time.fault().kind, FaultKind::kInvalid);
  }
}

}  // namespace
}  // namespace tr
