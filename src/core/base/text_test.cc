#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/utf8.h"

namespace tr {
namespace {

using ::testing::ElementsAre;

struct Pair {
  std::string in;
  std::string out;
};

std::string Repeat(std::string_view text, std::size_t times) {
  std::string repeated;
  repeated.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

// Unicode 15, table 3-7 and the examples of section 3.9.
TEST(TextTest, RepairsEachIllFormedSequence) {
  const Pair cases[] = {
      {"\x80", "\ufffd"},
      {"\xc0\xaf", "\ufffd\ufffd"},  // overlong slash
      {"\xc1\xbf", "\ufffd\ufffd"},
      {"\xe0\x80\xaf", "\ufffd\ufffd\ufffd"},            // overlong in three
      {"\xf0\x80\x80\xaf", "\ufffd\ufffd\ufffd\ufffd"},  // overlong in four
      {"\xed\xa0\x80", "\ufffd\ufffd\ufffd"},            // a surrogate
      {"\xf4\x90\x80\x80", "\ufffd\ufffd\ufffd\ufffd"},  // above U+10FFFF
      {"\xf5", "\ufffd"},
      {"\xff\xfe", "\ufffd\ufffd"},
      {"a\xe2\x82", "a\ufffd"},  // cut off: one sequence
      {"\xf0\x9f\x98", "\ufffd"},
      {"\xf0\x9f\x98z", "\ufffdz"},
      {"\xc3(", "\ufffd("},
      {"\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41", "\ufffd\ufffd\ufffd\ufffd\x41"},
  };
  for (const auto& c : cases) {
    EXPECT_FALSE(IsUtf8(c.in)) << testing::PrintToString(c.in);
    EXPECT_EQ(RepairUtf8(c.in), c.out) << testing::PrintToString(c.in);
    EXPECT_TRUE(IsUtf8(c.out));
    const std::string inside = "0123456789" + c.in + "0123456789";
    EXPECT_FALSE(IsUtf8(inside));
  }
}

TEST(TextTest, LeavesWellFormedTextAlone) {
  for (const std::string_view text : {"", "a", "exactly8", "caf\u00e9", "\u07ff\u0800\uffff", "\U00010000\U0010FFFF",
                                      "\ud7ff\ue000", "12345678\u00e9", "\ufffd"}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
    EXPECT_EQ(RepairUtf8(text), text);
  }
  EXPECT_TRUE(IsUtf8(std::string_view("a\0b", 3)));
  EXPECT_EQ(RepairUtf8(std::string_view("a\0b\0", 4)), "ab");
}

TEST(TextTest, Folds) {
  const Pair cases[] = {
      {"", ""},
      {"Hello, WORLD 42", "hello, world 42"},
      {"Stra\u00dfe", "strasse"},
      {"STRA\u1e9eE", "strasse"},
      {"\u00c4RGER \u00fcber \u00d6l", "\u00e4rger \u00fcber \u00f6l"},
      {"A\u0308rger", "\u00e4rger"},                                            // decomposed
      {"\u0130stanbul", "i\u0307stanbul"},                                      // full folding of the dotted I
      {"\ufb01nance \ufb03", "finance ffi"},                                    // ligatures
      {"\uff35\uff32\uff27\uff25\uff2e\uff34\u3000\uff11\uff12", "urgent 12"},  // full width
      {"\u2460\u00bd", "11\u20442"},
      {"\u212a\u212b", "k\u00e5"},  // Kelvin, Angstrom
      {"\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u03c3\u03af\u03c3\u03c5\u03c6\u03bf\u03c3"},
      {"\u041f\u0420\u0418\u0412\u0415\u0422", "\u043f\u0440\u0438\u0432\u0435\u0442"},
      {"ur\u00adgent\u200b!", "urgent!"},
      {"don\u2019t", "don't"},
      {"a\u00a0b", "a b"},
      {"\u1112\u1161\u11ab", "\ud55c"},    // Hangul composes
      {"q\u0307\u0323", "q\u0323\u0307"},  // marks in canonical order
      {"\xff"
       "A\xc3",
       "\ufffd"
       "a\ufffd"},
      {std::string("A\0B", 3), "ab"},
      {"\U0001F600 OK", "\U0001F600 ok"},
  };
  for (const auto& c : cases) EXPECT_EQ(Fold(c.in), c.out) << c.in;
}

TEST(TextTest, FoldingTwiceIsFoldingOnce) {
  std::string text;
  for (std::int32_t code = 1; code <= 0x3FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    text += 'A';
    AppendChar(text, code);
    text += "b\u0301";
    if (code % 64 != 0) continue;
    const std::string folded = Fold(text);
    ASSERT_EQ(Fold(folded), folded) << std::hex << code;
    ASSERT_TRUE(IsUtf8(folded));
    text.clear();
  }
}

// Whichever way a character takes, its neighbours must not change what it folds to, and a mark after it must join it.
TEST(TextTest, FoldingAgreesWithItsNeighbours) {
  for (std::int32_t code = 0x80; code < 0x900; ++code) {
    std::string alone;
    AppendChar(alone, code);
    const std::string folded = Fold(alone);
    EXPECT_EQ(Fold("X " + alone + " Y"), "x " + folded + " y") << std::hex << code;
    EXPECT_EQ(Fold("\u0416" + alone), Fold("\u0416" + folded)) << std::hex << code;
    EXPECT_EQ(Fold(alone + "\u0301"), Fold(folded + "\u0301")) << std::hex << code;
  }
  EXPECT_EQ(Fold("\u0416\u0418\u0306"), "\u0436\u0439");
  EXPECT_EQ(Fold("\u00df\u00c9E\u0301"), "ss\u00e9\u00e9");
}

// The bug this stands for is a quadratic sort: these would take hours, not the suite's time-out.
TEST(TextTest, FoldsHostileTextInLinearTime) {
  const std::string marks = "a" + Repeat("\u0301\u0316", 100000);
  const std::string folded = Fold(marks);
  EXPECT_EQ(folded.substr(0, 4), "\u00e1\u0316");
  EXPECT_EQ(folded.substr(folded.size() - 2), "\u0301");
  EXPECT_EQ(Fold(Repeat("\u00df", 100000)).size(), 200000U);
  EXPECT_EQ(Fold(Repeat("\ufdfa", 10000)).substr(0, 4), "\u0635\u0644");
  EXPECT_EQ(Fold(std::string(1000000, '\xff')).size(), 3000000U);
}

TEST(TextTest, FindsWords) {
  const struct {
    std::string text;
    std::vector<std::string_view> words;
  } cases[] = {
      {"", {}},
      {" ,.- ", {}},
      {"one", {"one"}},
      {"my card was charged 2x!", {"my", "card", "was", "charged", "2x"}},
      {"don't 'quote' it''s o'", {"don't", "quote", "it", "s", "o"}},
      {"rock'n'roll", {"rock'n'roll"}},
      {"l\u2019appli", {"l\u2019appli"}},
      {"a-b_c/d", {"a", "b", "c", "d"}},
      {"\u00e4rger \u00fcber", {"\u00e4rger", "\u00fcber"}},
      {"\u043f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440",
       {"\u043f\u0440\u0438\u0432\u0435\u0442", "\u043c\u0438\u0440"}},
      {"\u0939\u093f\u0928\u094d\u0926\u0940 x",
       {"\u0939\u093f\u0928\u094d\u0926\u0940", "x"}},  // vowel signs are marks
      {"\u0663\u0664 ok", {"\u0663\u0664", "ok"}},
      {"\u8acb\u6c42\u66f8\u3002\u8fd4\u91d1", {"\u8acb\u6c42\u66f8", "\u8fd4\u91d1"}},
      {"a\u2014b\u2026c\U0001F600d\u00a0e", {"a", "b", "c", "d", "e"}},
      {"a\xff"
       "b\xc3",
       {"a", "b"}},
  };
  for (const auto& c : cases) EXPECT_EQ(Words(c.text), c.words) << c.text;
}

TEST(TextTest, WordsPointIntoTheText) {
  const std::string text = "one two";
  const auto words = Words(text);
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[1].data(), text.data() + 4);
}

TEST(TextTest, TrimsAndSqueezes) {
  const struct {
    std::string in;
    std::string trimmed;
    std::string squeezed;
  } cases[] = {
      {"", "", ""},
      {" \t\r\n\v\f", "", ""},
      {"a", "a", "a"},
      {" a  b\n\n c ", "a  b\n\n c", "a b c"},
      {"\u00a0a\u00a0\u00a0 b\u00a0", "\u00a0a\u00a0\u00a0 b\u00a0", "a b"},
      {"caf\u00e9\t\u00c2", "caf\u00e9\t\u00c2", "caf\u00e9 \u00c2"},
      {"a \xc2", "a \xc2", "a \xc2"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Trim(c.in), c.trimmed);
    EXPECT_EQ(Squeeze(c.in), c.squeezed);
  }
}

TEST(TextTest, CutsAtACharacter) {
  const struct {
    std::string in;
    std::size_t bytes;
    std::string out;
  } cases[] = {
      {"hello", 5, "hello"},
      {"hello!", 5, "he\u2026"},
      {"hello", 3, "\u2026"},
      {"hello", 2, "he"},
      {"hello", 0, ""},
      {"", 0, ""},
      {"\u00e9\u00e9\u00e9", 6, "\u00e9\u00e9\u00e9"},
      {"\u00e9\u00e9\u00e9x", 6, "\u00e9\u2026"},
      {"\U0001F600\U0001F600", 7, "\U0001F600\u2026"},
      {"\U0001F600\U0001F600", 6, "\u2026"},
      {"\u00e9\u00e9", 1, ""},
  };
  for (const auto& c : cases) EXPECT_EQ(CutText(c.in, c.bytes), c.out) << c.in << ' ' << c.bytes;
  const std::string mixed = "a\u00e9\u20ac\U0001F600" + std::string(10, 'x');
  for (std::size_t bytes = 0; bytes <= mixed.size(); ++bytes) {
    EXPECT_LE(CutText(mixed, bytes).size(), bytes);
    EXPECT_TRUE(IsUtf8(CutText(mixed, bytes))) << bytes;
  }
  EXPECT_LE(CutText(std::string(1000, '\x80'), 500).size(), 500U);
}

TEST(TextTest, LowersAsciiOnly) {
  EXPECT_EQ(ToLowerAscii("AZ az@[`{ \u00c4"), "az az@[`{ \u00c4");
  EXPECT_TRUE(EqualsIgnoreCaseAscii("Billing", "bILLING"));
  EXPECT_FALSE(EqualsIgnoreCaseAscii("Billing", "Billings"));
  EXPECT_FALSE(EqualsIgnoreCaseAscii("[", "{"));
  EXPECT_FALSE(EqualsIgnoreCaseAscii("\u00c4", "\u00e4"));
}

TEST(TextTest, Splits) {
  EXPECT_THAT(SplitText("", ','), ElementsAre(""));
  EXPECT_THAT(SplitText("a", ','), ElementsAre("a"));
  EXPECT_THAT(SplitText(",a,,b,", ','), ElementsAre("", "a", "", "b", ""));
}

TEST(TextTest, MeasuresEditDistance) {
  const struct {
    std::string a;
    std::string b;
    std::size_t distance;
  } cases[] = {
      {"", "", 0},
      {"", "abc", 3},
      {"refund", "refund", 0},
      {"refund", "refunds", 1},
      {"refund", "erfund", 1},
      {"refund", "rufend", 2},
      {"kitten", "sitting", 3},
      {"ca", "abc", 3},
      {"\u00fcber", "uber", 1},
      {"billing", "bilings", 2},
      {"ab", "ba", 1},
      {"abcd", "badc", 2},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(EditDistance(c.a, c.b), c.distance) << c.a << ' ' << c.b;
    EXPECT_EQ(EditDistance(c.b, c.a), c.distance) << c.a << ' ' << c.b;
  }
  const std::string longest(64, 'a');
  EXPECT_EQ(EditDistance(longest, longest.substr(1)), 1U);
  EXPECT_EQ(EditDistance(longest + "a", longest), 65U);
  EXPECT_EQ(EditDistance(std::string(1000000, 'a'), std::string(1000000, 'a')), 0U);
  EXPECT_EQ(EditDistance(std::string(1000000, 'a'), std::string(1000000, 'b')), 1000000U);
}

}  // namespace
}  // namespace tr
