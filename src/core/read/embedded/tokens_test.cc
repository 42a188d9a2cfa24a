#include "read/embedded/tokens.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text.h"

namespace tr::read {
namespace {

std::string Joined(const Tokens& tokens) {
  std::string out;
  for (const Token& token : tokens.words) {
    if (!out.empty()) out += ' ';
    out += tokens.Folded(token);
  }
  return out;
}

struct Case {
  const char* text;
  const char* want;
};

class TokensTest : public testing::TestWithParam<Case> {};

TEST_P(TokensTest, AreFoldedWords) { EXPECT_EQ(Joined(Tokenize("", GetParam().text)), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(Texts, TokensTest,
                         testing::Values(Case{"", ""}, Case{" ,.! ", ""}, Case{"Hello, World", "hello world"},
                                         Case{"can't 'quoted'", "can't quoted"}, Case{"can’t", "can't"},
                                         Case{"Straße ZURÜCK", "strasse zuruck"}, Case{"déçu naïf", "decu naif"},
                                         Case{"ﬁne", "fine"}, Case{"order#4411", "order 4411"},
                                         Case{"\xff\xfehi\x80there", "hi there"}, Case{"Привет, мир", "привет мир"},
                                         Case{"日本語です", "日本語です"}));

TEST(TokensTest, PlacesPointIntoTheSource) {
  const Tokens tokens = Tokenize("Größe", "Is it OK?");
  ASSERT_EQ(tokens.words.size(), 4U);
  EXPECT_EQ(tokens.source.substr(tokens.words[0].begin, tokens.words[0].end - tokens.words[0].begin), "Größe");
  EXPECT_EQ(tokens.source.substr(tokens.words[3].begin, tokens.words[3].end - tokens.words[3].begin), "OK");
  EXPECT_EQ(tokens.words[0].part, 0);
  EXPECT_EQ(tokens.words[1].part, 1);
}

TEST(TokensTest, LoudnessIsCounted) {
  const Tokens tokens = Tokenize("", "WHERE is it? NO!!! ok! USA");
  EXPECT_TRUE(tokens.words[0].shouted);
  EXPECT_FALSE(tokens.words[1].shouted);
  EXPECT_FALSE(tokens.words[3].shouted) << "two letters are an abbreviation";
  EXPECT_EQ(tokens.exclamations, 2);
  EXPECT_EQ(tokens.exclamation_runs, 1);
}

TEST(TokensTest, ReadsNoMoreThanTheLimitAndNoHalfCharacter) {
  std::string text(kReadText - 1, 'a');
  text += "é and more";
  const Tokens tokens = Tokenize(std::string(5000, 'b'), text);
  EXPECT_EQ(tokens.source.size(), kReadSubject + 1 + kReadText - 1);
  EXPECT_TRUE(IsUtf8(tokens.source));
}

}  // namespace
}  // namespace tr::read
