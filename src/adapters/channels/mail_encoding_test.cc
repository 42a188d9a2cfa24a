#include "channels/mail_encoding.h"

#include <gmock/gmock.h>

#include "base/text.h"

namespace tr::channels {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(IsPlainAddress, NothingThatAServerOrAProgramMayReadAsMore) {
  for (const char* good : {"billing@shop.example", "a.b+tag@sub.shop.example", "o'neil@shop.example", "x@localhost"}) {
    EXPECT_TRUE(IsPlainAddress(good)) << good;
  }
  for (const std::string bad : {"",
                                "@",
                                "a@",
                                "@b",
                                "a",
                                "a@b@c",
                                "a b@c",
                                "a@b, c@d",
                                "a@b;c@d",
                                "<a@b>",
                                "\"a\"@b",
                                "a@b\r\nBcc: c@d",
                                "a@b\n",
                                "a@b c",
                                "a(c)@b",
                                "a..b@c",
                                ".a@c",
                                "a.@c",
                                "a@b..c",
                                "a@[127.0.0.1]",
                                "a@b,",
                                "a@b%0d",
                                "\xD0\xB0@shop.example",
                                "a@sh\xD0\xBEp.example"}) {
    EXPECT_FALSE(IsPlainAddress(bad)) << bad;
  }
  EXPECT_FALSE(IsPlainAddress(std::string("a@b\0c", 5)));
  EXPECT_FALSE(IsPlainAddress(std::string(250, 'a') + "@b.example"));
}

TEST(OneLine, StaysOnItsLine) {
  EXPECT_EQ(OneLine("a\r\nBcc: b@c", 100), "a Bcc: b@c");
  EXPECT_EQ(OneLine("a\xE2\x80\xAE"
                    "b\xC2\x85"
                    "c\xE2\x80\xA8"
                    "d\x1B[0m",
                    100),
            "a b c d [0m");
  EXPECT_EQ(OneLine("  a \t b ", 100), "a b");
  EXPECT_LE(OneLine(std::string(9000, 'x'), 100).size(), 100U);
  EXPECT_TRUE(IsUtf8(OneLine("\xff\xfe caf\xC3", 100)));
}

TEST(SafeLines, KeepsLinesAndNothingElseThatControls) {
  EXPECT_EQ(SafeLines("a\r\nb\tc\x07", 100), "a\nb\tc ");
  EXPECT_LE(SafeLines(std::string(9000, 'x'), 100).size(), 100U);
}

TEST(TextHeader, ShortAsciiStandsAsItIs) {
  EXPECT_EQ(TextHeader("Subject", "[TR-1] Order 7"), "Subject: [TR-1] Order 7\r\n");
}

TEST(TextHeader, ElseEncodedWordsThatDecodeToTheSame) {
  struct Case {
    const char* what;
    std::string value;
  };
  std::string wide;
  for (int i = 0; i < 60; ++i) wide += "\xE2\x82\xAC\xF0\x9F\x98\x80";
  for (const Case& one :
       {Case{"umlauts", "Wo ist meine Bestellung? Grüße"}, Case{"wide characters", wide},
        Case{"long ASCII", std::string(300, 'a') + " b"}, Case{"what looks encoded", "=?UTF-8?B?QmNjOiBh?="}}) {
    SCOPED_TRACE(one.what);
    const std::string header = TextHeader("Subject", one.value);
    EXPECT_THAT(header, HasSubstr("=?UTF-8?B?"));
    EXPECT_TRUE(header.ends_with("\r\n"));
    for (const std::string_view line : SplitText(header, '\n')) EXPECT_LE(line.size(), 78U);
    for (const char c : header) EXPECT_LT(static_cast<unsigned char>(c), 0x80U);
  }
}

TEST(TextHeader, NothingBreaksOut) {
  for (const char* hostile : {"a\r\nBcc: eve@evil.example", "a\nBcc: eve@evil.example", "a\rBcc: eve@evil.example",
                              "a\r\n\r\n<script>", "ü\r\nBcc: eve@evil.example"}) {
    const std::string header = TextHeader("Subject", hostile);
    for (const std::string_view line : SplitText(header, '\n')) {
      EXPECT_TRUE(line.empty() || line.starts_with("Subject:") || line.starts_with(" ")) << header;
    }
  }
}

TEST(QuotedPrintable, ShortLinesThatNoServerChanges) {
  EXPECT_EQ(QuotedPrintable("a=b"), "a=3Db\r\n");
  EXPECT_EQ(QuotedPrintable("end \nFrom here\n."), "end=20\r\n=46rom here\r\n=2E\r\n");
  EXPECT_EQ(QuotedPrintable("ü"), "=C3=BC\r\n");
  const std::string long_line = QuotedPrintable(std::string(5000, 'x') + std::string(200, '.'));
  for (const std::string_view line : SplitText(long_line, '\n')) {
    EXPECT_LE(line.size(), 77U);
    EXPECT_FALSE(line.starts_with("."));
  }
}

TEST(MailDate, AsRfc5322WantsIt) {
  EXPECT_EQ(MailDate(*ParseTime("2026-11-22T22:10:05Z")), "Sun, 22 Nov 2026 22:10:05 +0000");
  EXPECT_EQ(MailDate(*ParseTime("2027-02-01T00:00:00Z")), "Mon, 01 Feb 2027 00:00:00 +0000");
}

TEST(EscapeHtml, NothingStaysMarkup) {
  EXPECT_EQ(EscapeHtml("<a href=\"x\" title='y'>&"), "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
}

}  // namespace
}  // namespace tr::channels
