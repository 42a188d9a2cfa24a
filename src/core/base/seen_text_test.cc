#include "base/seen_text.h"

#include <gtest/gtest.h>

#include "base/redact.h"

namespace tr {
namespace {

TEST(SeenText, HidesNothing) {
  const std::string tags = "\xF3\xA0\x81\xA9\xF3\xA0\x81\xA7";  // U+E0069 U+E0067
  EXPECT_EQ(SeenText("in\u200bvoice\u00ad \u202e" + tags + "\x01 now\ufeff"), "invoice now");
  EXPECT_EQ(SeenText("a\r\n\r\n\r\n\r\nb \t c\u00a0 d"), "a\n\nb c d");
  EXPECT_EQ(SeenText("bad \xFF\xC3 bytes"), "bad \ufffd\ufffd bytes");
  EXPECT_EQ(SeenText(""), "");
}

TEST(SeenText, ShowsNumbersWhole) {
  for (const std::string text :
       {"4111 11\u200b11 1111 1111", "4111\u00ad1111\u20601111\ufeff1111", "4111 1111 1111 \n 1111"}) {
    EXPECT_EQ(RedactText(SeenText(text)), "[card]") << text;
  }
}

}  // namespace
}  // namespace tr
