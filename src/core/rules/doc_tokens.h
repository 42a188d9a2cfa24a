#pragma once
// A bullet cut into words, quoted text and marks.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tr::rules {

enum class TokenKind { kWord, kQuoted, kComma, kColon, kArrow };

struct Token {
  TokenKind kind = TokenKind::kWord;
  std::string_view text;  // as written; without the quotes
  std::string folded;     // of a word: what keywords are compared with; empty for all others
  std::size_t begin = 0;  // bytes in the bullet, quotes included
  std::size_t end = 0;
};

using Tokens = std::span<const Token>;

struct TokenText {
  std::vector<Token> tokens;  // views into the text that was given
  std::string error;          // a quote that is never closed
};

// REQUIRES: `text` outlives the tokens. ":" is a mark of its own except between digits and before "//".
TokenText Tokenize(std::string_view text);

// The bullet's text from the first to the last of the tokens.
std::string_view TextOf(Tokens tokens, std::string_view bullet);

bool IsWord(const Token& token, std::string_view folded);

// Whether the tokens begin with these words, unquoted: StartsWith(tokens, {"topic", "is"}).
bool StartsWith(Tokens tokens, std::initializer_list<std::string_view> words);

// The parts between commas and `or`, as token ranges. Two commas in a row, or ", or", part only once.
struct TokenItems {
  std::vector<Tokens> items;
  bool dangling_or = false;  // an `or` with nothing before or after it
};
TokenItems SplitItems(Tokens tokens);

}  // namespace tr::rules
