#include "base/ids.h"

#include <gtest/gtest.h>

namespace tr {
namespace {

constexpr std::uint64_t kAll = ~std::uint64_t{0};

TEST(IdsTest, SpellsAUlid) {
  const struct {
    std::uint64_t millis;
    std::uint16_t high;
    std::uint64_t low;
    std::string ulid;
  } cases[] = {
      {0, 0, 0, "00000000000000000000000000"},
      {0, 0, 1, "00000000000000000000000001"},
      {0, 0, 32, "00000000000000000000000010"},
      {0, 1, 0, "0000000000000G000000000000"},
      {1, 0, 0, "00000000010000000000000000"},
      {1469918176385, 0, 0, "01ARYZ6S410000000000000000"},  // the specification's own example
      {(std::uint64_t{1} << 48) - 1, 0xFFFF, kAll, "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"},
      {kAll, 0, 0, "7ZZZZZZZZZ0000000000000000"},  // more than 48 bits: the lowest count
  };
  for (const auto& c : cases) {
    EXPECT_EQ(SpellUlid(c.millis, c.high, c.low), c.ulid);
    EXPECT_TRUE(IsUlid(c.ulid));
  }
}

TEST(IdsTest, TextOrderIsOrderOfTimeThenChance) {
  const std::string ascending[] = {SpellUlid(1000, 0xFFFF, kAll),  SpellUlid(1001, 0, 0),    SpellUlid(1001, 0, 1),
                                   SpellUlid(1001, 0, kAll >> 24), SpellUlid(1001, 0, kAll), SpellUlid(1001, 1, 0),
                                   SpellUlid(1001, 0xFFFF, 0),     SpellUlid(1002, 0, 0),    SpellUlid(2000000, 3, 7),
                                   SpellUlid(1ULL << 47, 0, 0)};
  for (std::size_t i = 1; i < std::size(ascending); ++i) EXPECT_LT(ascending[i - 1], ascending[i]) << i;
}

TEST(IdsTest, RefusesWhatIsNoUlid) {
  for (const std::string_view text :
       {"", "0", "0000000000000000000000000", "000000000000000000000000000", "80000000000000000000000000",
        "01ARYZ6S41TSV4RRFFQ69G5FAI", "01ARYZ6S41TSV4RRFFQ69G5FAl", "01aryz6s41tsv4rrffq69g5fav",
        "01ARYZ6S41TSV4RRFFQ69G5FA ", "01ARYZ6S41TSV4RRFFQ69G5F\u00e4", "O1ARYZ6S41TSV4RRFFQ69G5FAV"}) {
    EXPECT_FALSE(IsUlid(text)) << text;
  }
  EXPECT_TRUE(IsUlid("01ARYZ6S41TSV4RRFFQ69G5FAV"));
}

}  // namespace
}  // namespace tr
