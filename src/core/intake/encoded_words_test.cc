#include "intake/encoded_words.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tr::intake {
namespace {

TEST(DecodeHeaderText, AsMailWritesIt) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"plain words", "plain words"},
      {"=?UTF-8?Q?f=C3=BCr_dich?=", "für dich"},
      {"=?iso-8859-1?q?f=FCr?= dich", "für dich"},
      {"=?utf-8?B?ZsO8cg==?= =?utf-8?B?IGRpY2g=?=", "für dich"},
      {"=?utf-8?B?ZsM=?=\t=?UTF-8?B?vHI=?=", "für"},  // cut inside a character
      {"=?utf-8?Q?one?= and =?utf-8?Q?two?=", "one and two"},
      {"=?utf-8*de?Q?f=C3=BCr?=", "für"},  // RFC 2231's language
      {"=?utf-8?Q?with blanks inside?=", "with blanks inside"},
      {"Re:=?utf-8?Q?_glued?=on", "Re: gluedon"},
      {"=?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?=", "x"},  // a word inside a word
      {"=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=", "テスト"},
      {"=?utf-8?Q?a=0Ab=00c?=", "a bc"},
      {"=?utf-8?Q?open", "=?utf-8?Q?open"},
      {"=?utf-8?X?y?=", "=?utf-8?X?y?="},
      {"=?nonsense?Q?f=C3=BCr?=", "für"},
      {"f\xC3\xBCr", "für"},
      {"f\xFCr", "für"},
  };
  for (const auto& [value, expected] : table) EXPECT_EQ(DecodeHeaderText(value), expected) << value;
}

TEST(DecodeHeaderText, ReadsRawBytesInTheMailsCharset) {
  EXPECT_EQ(DecodeHeaderText("\xCF\xF0\xE8", "windows-1251"), "При");
}

TEST(TidyEncodedWords, MakesOneWordOfARun) {
  EXPECT_EQ(TidyEncodedWords("=?utf-8?Q?f=C3?= =?utf-8?Q?=BCr?= <a@b.example>"), "=?UTF-8?B?ZsO8cg==?= <a@b.example>");
  EXPECT_EQ(TidyEncodedWords("a@b.example"), "a@b.example");
}

}  // namespace
}  // namespace tr::intake
