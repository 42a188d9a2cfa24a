#include "intake/transfer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tr::intake {
namespace {

TEST(DecodeTransfer, LosesNothing) {
  struct Row {
    std::string encoding;
    std::string body;
    std::string expected;
  };
  const std::vector<Row> table = {
      {"", "as it is=41", "as it is=41"},
      {"7bit", "as it is", "as it is"},
      {"x-unknown", "as it is", "as it is"},
      {"Base64", "SGVs\r\nbG8=", "Hello"},
      {"base64", "SGVsbG8", "Hello"},                // no padding
      {"base64", "SGVsbG8=SGVsbG8=", "HelloHello"},  // an inner '='
      {"base64", "SG!Vs bG8", "Hello"},
      {"base64", "SGVsbG8x\n--\n", "Hello1"},
      {" QUOTED-PRINTABLE ; x", "a=3Db=\r\nc= \nd", "a=bcd"},
      {"quoted-printable", "50=% =zz =", "50=% =zz "},
      {"quoted-printable", "=c3=BC", "ü"},
      {"x-uuencode", "words\nbegin 644 a.txt\n%2&5L;&\\\n`\nend\nmore", "Hello"},
      {"uuencode", "no begin line", "no begin line"},
  };
  for (const Row& row : table)
    EXPECT_EQ(DecodeTransfer(row.body, row.encoding), row.expected) << row.encoding << ": " << row.body;
}

TEST(DecodeQuotedPrintable, InHeadersUnderscoreIsASpace) { EXPECT_EQ(DecodeQuotedPrintable("a_b=5F", true), "a b_"); }

}  // namespace
}  // namespace tr::intake
