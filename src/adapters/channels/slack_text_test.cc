#include "channels/slack_text.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace tr::channels {
namespace {

TEST(SlackEscaped, NothingInItIsParsed) {
  struct Case {
    const char* given;
    const char* written;
  };
  for (const Case& one : {
           Case{"plain words", "plain words"},
           Case{"a & b", "a &amp; b"},
           Case{"<!channel> hi", "&lt;!channel&gt; hi"},
           Case{"<@U123>", "&lt;@\u200BU123&gt;"},
           Case{"@here", "@\u200Bhere"},
           Case{"<https://evil.example|invoice>", "&lt;https://evil.example|invoice&gt;"},
           Case{"*bold* _it_ ~no~", "*\u200Bbold*\u200B _\u200Bit_\u200B ~\u200Bno~\u200B"},
           Case{"```code```", "\u02CB\u02CB\u02CBcode\u02CB\u02CB\u02CB"},
           Case{"&lt;", "&amp;lt;"},
           Case{" two\nlines ", "two lines"},
           Case{"bell\x07", "bell"},
           Case{"\xFF", "\uFFFD"},
       }) {
    EXPECT_EQ(SlackEscaped(one.given, 1000), one.written) << one.given;
  }
}

TEST(SlackPlain, KeepsWordsAndLinesAndDropsWhatHidesOthers) {
  EXPECT_EQ(SlackPlain("a\r\nb\tc\x1B[31m", 100), "a\nb\tc[31m");
  EXPECT_EQ(SlackPlain("abc\u202Edef\u2066", 100), "abcdef");
  EXPECT_EQ(SlackPlain("*a* <b> & `c`", 100), "*a* <b> & `c`");
  EXPECT_EQ(SlackLine(" a\n\tb ", 100), "a  b");
}

// For every text and every limit: not longer, valid, no half entity, and the mark only where something is missing.
TEST(SlackText, EveryCut) {
  for (const std::string text : {"", "a", "&&&&", "a<b>c&d", "äöü€😡x", "*_~`@", "no marks here"}) {
    const std::string whole = SlackEscaped(text, 1000);
    for (std::size_t most = 0; most <= SlackLength(whole) + 2; ++most) {
      for (const std::string& cut : {SlackEscaped(text, most), SlackPlain(text, most), SlackLine(text, most)}) {
        EXPECT_LE(SlackLength(cut), most) << text;
        EXPECT_TRUE(IsUtf8(cut)) << text;
      }
      const std::string cut = SlackEscaped(text, most);
      const std::size_t ampersand = cut.rfind('&');
      if (ampersand != std::string::npos) {
        EXPECT_NE(cut.find(';', ampersand), std::string::npos) << cut;
      }
      EXPECT_EQ(cut == whole, most >= SlackLength(whole)) << text << " at " << most;
    }
  }
}

TEST(SlackLength, CountsCharacters) {
  EXPECT_EQ(SlackLength("abc"), 3U);
  EXPECT_EQ(SlackLength("äé€"), 3U);
  EXPECT_EQ(SlackLength("😡"), 1U);
}

}  // namespace
}  // namespace tr::channels
