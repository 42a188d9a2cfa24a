#pragma once
// The words of a message, folded, with the place where each stands in what the customer wrote.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tr::read {

// Bytes of a subject and of a text that are read; what comes after is not looked at. A support message is rarely longer
// than 4 KiB; the limit bounds the work that one hostile message can cause.
inline constexpr std::size_t kReadSubject = 1024;
inline constexpr std::size_t kReadText = 16 * 1024;

// A word: a run of letters and digits; an apostrophe inside a word belongs to it.
struct Token {
  std::uint32_t begin = 0;  // bytes in Tokens::source
  std::uint32_t end = 0;
  std::uint32_t fold_begin = 0;  // bytes in Tokens::folded
  std::uint32_t fold_end = 0;
  std::uint8_t part = 0;      // 0: subject, 1: text
  bool clause_start = false;  // a comma, full stop or line break stands between it and the word before
  bool shouted = false;       // three letters or more, all of them capitals
};

struct Tokens {
  std::string source;  // subject, a line break, text; cut to the limits above
  std::string folded;
  std::vector<Token> words;
  int exclamations = 0;      // runs of "!"
  int exclamation_runs = 0;  // of these, runs of two or more
  int letters = 0;
  int capitals = 0;  // ASCII letters only

  std::string_view Folded(const Token& token) const {
    return std::string_view(folded).substr(token.fold_begin, token.fold_end - token.fold_begin);
  }
};

// Total; linear in the bytes that are read. Ill-formed UTF-8 separates words.
Tokens Tokenize(std::string_view subject, std::string_view text);

}  // namespace tr::read
