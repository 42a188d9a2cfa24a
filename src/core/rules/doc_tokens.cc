#include "rules/doc_tokens.h"

#include <algorithm>

#include "base/text.h"
#include "rules/problems.h"

namespace tr::rules {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  TokenText Read() {
    while (at_ < text_.size() && made_.error.empty()) {
      const char c = text_[at_];
      if (c == ' ')
        ++at_;
      else if (c == '"')
        ReadQuoted();
      else if (c == ',')
        Add(TokenKind::kComma, 1);
      else if (ArrowLength() > 0)
        Add(TokenKind::kArrow, ArrowLength());
      else if (IsColon())
        Add(TokenKind::kColon, 1);
      else
        ReadWord();
    }
    return std::move(made_);
  }

 private:
  // "->" and what some write for it: "-->".
  std::size_t ArrowLength() const {
    const std::string_view rest = text_.substr(at_);
    return rest.starts_with("->") ? 2 : rest.starts_with("-->") ? 3 : 0;
  }

  bool IsColon() const {
    if (text_[at_] != ':') return false;
    const std::string_view rest = text_.substr(at_ + 1);
    const bool clock = at_ > 0 && IsDigit(text_[at_ - 1]) && !rest.empty() && IsDigit(rest[0]);
    return !clock && !rest.starts_with("//");
  }

  void Add(TokenKind kind, std::size_t length) {
    made_.tokens.push_back({kind, text_.substr(at_, length), {}, at_, at_ + length});
    at_ += length;
  }

  void ReadQuoted() {
    const std::size_t close = text_.find('"', at_ + 1);
    if (close == std::string_view::npos) {
      made_.error = "a quote is never closed: " + Quote(text_.substr(at_ + 1)) + ". Close it.";
      return;
    }
    made_.tokens.push_back({TokenKind::kQuoted, text_.substr(at_ + 1, close - at_ - 1), {}, at_, close + 1});
    at_ = close + 1;
  }

  void ReadWord() {
    const std::size_t begin = at_;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == ' ' || c == '"' || c == ',' || IsColon() || ArrowLength() > 0) break;
    }
    const std::string_view word = text_.substr(begin, at_ - begin);
    made_.tokens.push_back({TokenKind::kWord, word, Fold(word), begin, at_});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  TokenText made_;
};

}  // namespace

TokenText Tokenize(std::string_view text) { return Tokenizer(text).Read(); }

std::string_view TextOf(Tokens tokens, std::string_view bullet) {
  if (tokens.empty()) return {};
  return bullet.substr(tokens.front().begin, tokens.back().end - tokens.front().begin);
}

bool IsWord(const Token& token, std::string_view folded) {
  return token.kind == TokenKind::kWord && token.folded == folded;
}

bool StartsWith(Tokens tokens, std::initializer_list<std::string_view> words) {
  if (tokens.size() < words.size()) return false;
  return std::equal(words.begin(), words.end(), tokens.begin(),
                    [](std::string_view word, const Token& token) { return IsWord(token, word); });
}

TokenItems SplitItems(Tokens tokens) {
  TokenItems split;
  std::size_t begin = 0;
  bool after_or = false;
  for (std::size_t i = 0; i <= tokens.size(); ++i) {
    const bool end = i == tokens.size();
    const bool is_or = !end && IsWord(tokens[i], "or");
    if (!end && !is_or && tokens[i].kind != TokenKind::kComma) continue;
    if (i > begin)
      split.items.push_back(tokens.subspan(begin, i - begin));
    else if (after_or)
      split.dangling_or = true;
    if (is_or && split.items.empty()) split.dangling_or = true;
    after_or = is_or;
    begin = i + 1;
  }
  return split;
}

}  // namespace tr::rules
