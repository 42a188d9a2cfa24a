#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace tr {
namespace {

TEST(ResultTest, EveryKindHasItsNameAndItsMaker) {
  const struct {
    Fault fault;
    FaultKind kind;
    std::string_view name;
  } cases[] = {
      {Transient("x"), FaultKind::kTransient, "transient"}, {Permanent("x"), FaultKind::kPermanent, "permanent"},
      {Invalid("x"), FaultKind::kInvalid, "invalid"},       {NotFound("x"), FaultKind::kNotFound, "not_found"},
      {Conflict("x"), FaultKind::kConflict, "conflict"},    {Bug("x"), FaultKind::kBug, "bug"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(c.fault.kind, c.kind);
    EXPECT_EQ(c.fault.text, "x");
    EXPECT_EQ(Name(c.kind), c.name);
  }
}

Result<int> Half(int number) {
  if (number % 2 != 0) return Invalid("odd");
  return number / 2;
}

Result<void> Check(int number, int& passed) {
  TR_TRY(Half(number));
  ++passed;
  return Ok();
}

Result<int> Quarter(int number) {
  TR_ASSIGN(const int half, Half(number));
  TR_ASSIGN(const int quarter, Half(half));
  return quarter;
}

TEST(ResultTest, HoldsAValueOrAFault) {
  EXPECT_TRUE(Half(4).ok());
  EXPECT_EQ(*Half(4), 2);
  ASSERT_FALSE(Half(3));
  EXPECT_EQ(Half(3).fault().text, "odd");
  Result<std::unique_ptr<int>> owner = std::make_unique<int>(7);
  EXPECT_EQ(*std::move(owner).operator*(), 7);
}

TEST(ResultTest, TheMacrosReturnTheFirstFault) {
  int passed = 0;
  EXPECT_TRUE(Check(2, passed).ok());
  EXPECT_EQ(Check(1, passed).fault().kind, FaultKind::kInvalid);
  EXPECT_EQ(passed, 1);
  EXPECT_EQ(*Quarter(12), 3);
  EXPECT_FALSE(Quarter(6).ok());
  EXPECT_FALSE(Quarter(5).ok());
}

}  // namespace
}  // namespace tr
