#include "intake/charset.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tr::intake {
namespace {

TEST(ToUtf8, KnowsWhatMailUses) {
  struct Row {
    std::string charset;
    std::string bytes;
    std::string expected;
  };
  const std::vector<Row> table = {
      {"utf-8", "f\xC3\xBCr", "für"},
      {"UTF-8", "\xEF\xBB\xBFx", "x"},
      {"", "f\xFCr", "für"},
      {"us-ascii", "f\xC3\xBCr", "für"},
      {"iso-8859-1", "\x80 \x93x\x94", "€ “x”"},  // windows-1252, which it mostly is
      {"\"ISO-8859-15\"", "\xA4", "€"},
      {"windows-1251", "\xCF\xF0\xE8", "При"},
      {"koi8-r", "\xF0\xD2\xC9", "При"},
      {"shift_jis", "\x83\x65\x83\x58\x83\x67", "テスト"},
      {"iso-2022-jp", "\x1B$B%F%9%H\x1B(B", "テスト"},
      {"euc-jp", "\xA5\xC6\xA5\xB9\xA5\xC8", "テスト"},
      {"gb2312", "\xD6\xD0\xCE\xC4", "中文"},
      {"gb18030", "\xD6\xD0\xCE\xC4", "中文"},
      {"big5", "\xA4\xA4\xA4\xE5", "中文"},
      {"ks_c_5601-1987", "\xC7\xD1\xB1\xDB", "한글"},
      {"utf-16", "\xFF\xFE\x41\x01\x42\x01", "Łł"},
      {"utf-7", "f+APw-r", "für"},
      {"no-such-charset", "f\xFCr", "für"},
      {"../../etc/passwd", "x", "x"},
      {"utf-8//TRANSLIT", "x", "x"},
      {"utf-8", "\xE4\xB8\xAD\xE6", "中\xEF\xBF\xBD"},  // cut inside a character
  };
  for (const Row& row : table) EXPECT_EQ(ToUtf8(row.bytes, row.charset), row.expected) << row.charset;
  EXPECT_EQ(ToUtf8(std::string("a\0b", 3), "utf-8"), "ab");
}

TEST(CharsetOfHtml, StandsInItsMeta) {
  EXPECT_EQ(CharsetOfHtml("<html><head><META http-equiv=x content=\"text/html; charset=KOI8-R\">"), "koi8-r");
  EXPECT_EQ(CharsetOfHtml("<meta charset='utf-8'>"), "utf-8");
  EXPECT_EQ(CharsetOfHtml("<p>charset=x"), "");
  EXPECT_EQ(CharsetOfHtml("<meta charset="), "");
}

}  // namespace
}  // namespace tr::intake
