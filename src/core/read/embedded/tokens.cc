#include "read/embedded/tokens.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"

namespace tr::read {
namespace {

constexpr std::string_view kCurlyApostrophe = "\u2019";
constexpr std::string_view kClauseEnds = ".!?;:,()\n";
constexpr unsigned char kLatinEnd = 0xCA;  // lead bytes below it are those of Latin letters, up to U+027F

bool IsAsciiLetter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(unsigned char c) { return c >= '0' && c <= '9'; }

// Letters, the marks that belong to them, and decimal digits. Letters and marks stand first in utf8proc's categories.
bool IsWordCharacter(std::int32_t character) {
  const utf8proc_category_t category = utf8proc_category(character);
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME) || category == UTF8PROC_CATEGORY_ND;
}

// People leave accents out, so they must not count. Only in Latin script, where the letter stays the same without one.
std::string WithoutAccents(std::string word) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_STABLE);
  const bool latin = std::all_of(word.begin(), word.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < kLatinEnd || (byte & 0xC0U) == 0x80;
  });
  if (!latin) return word;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(word.data());
  const auto size = utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(word.size()), &mapped, options);
  if (size >= 0) word.assign(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
  std::free(mapped);
  return word;
}

// Walks a text once and cuts it into words.
class Cutter {
 public:
  Cutter(Tokens& out, std::uint8_t part, std::size_t begin) : out_(out), part_(part), at_(begin) {}

  void Run() {
    while (at_ < out_.source.size()) Step();
    EndWord(at_);
  }

 private:
  unsigned char Byte(std::size_t i) const {
    return i < out_.source.size() ? static_cast<unsigned char>(out_.source[i]) : 0;
  }

  void Step() {
    const unsigned char c = Byte(at_);
    if (c >= 0x80) return StepWide();
    if (IsAsciiLetter(c) || IsDigit(c)) {
      if (IsAsciiLetter(c)) CountLetter(c <= 'Z');
      return Take(1);
    }
    if (c == '\'' && in_word_ && NextIsWord(at_ + 1)) return Take(1);
    EndWord(at_);
    if (c == '!') CountExclamation();
    if (kClauseEnds.find(static_cast<char>(c)) != std::string_view::npos) break_ = true;
    ++at_;
  }

  void StepWide() {
    std::int32_t character = -1;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(out_.source.data()) + at_;
    const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(out_.source.size() - at_), &character);
    const std::size_t length = size > 0 ? static_cast<std::size_t>(size) : 1;
    const bool apostrophe = out_.source.compare(at_, kCurlyApostrophe.size(), kCurlyApostrophe) == 0;
    if (size > 0 && (IsWordCharacter(character) || (apostrophe && in_word_ && NextIsWord(at_ + length)))) {
      wide_ = true;
      return Take(length);
    }
    EndWord(at_);
    at_ += length;
  }

  bool NextIsWord(std::size_t i) const { return IsAsciiLetter(Byte(i)) || IsDigit(Byte(i)) || Byte(i) >= 0x80; }

  void Take(std::size_t length) {
    if (!in_word_) begin_ = at_;
    in_word_ = true;
    at_ += length;
  }

  void CountLetter(bool capital) {
    ++out_.letters;
    ++letters_;
    if (!capital) return;
    ++out_.capitals;
    ++capitals_;
  }

  void CountExclamation() {
    const bool goes_on = at_ > 0 && Byte(at_ - 1) == '!';
    const bool doubled = goes_on && (at_ < 2 || Byte(at_ - 2) != '!');
    if (!goes_on) ++out_.exclamations;
    if (doubled) ++out_.exclamation_runs;
  }

  void EndWord(std::size_t end) {
    if (!in_word_) return;
    Token token;
    token.begin = static_cast<std::uint32_t>(begin_);
    token.end = static_cast<std::uint32_t>(end);
    token.part = part_;
    token.clause_start = break_;
    token.shouted = letters_ >= 3 && capitals_ == letters_ && !wide_;
    token.fold_begin = static_cast<std::uint32_t>(out_.folded.size());
    AppendFolded(std::string_view(out_.source).substr(begin_, end - begin_));
    token.fold_end = static_cast<std::uint32_t>(out_.folded.size());
    if (token.fold_end > token.fold_begin) out_.words.push_back(token);
    in_word_ = wide_ = break_ = false;
    letters_ = capitals_ = 0;
  }

  // Most words are ASCII, where folding is lower case.
  void AppendFolded(std::string_view word) {
    if (!wide_) {
      for (const char c : word) out_.folded += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
      return;
    }
    const std::string folded = WithoutAccents(Fold(word));
    for (std::size_t i = 0; i < folded.size();) {
      const bool curly = folded.compare(i, kCurlyApostrophe.size(), kCurlyApostrophe) == 0;
      out_.folded += curly ? '\'' : folded[i];
      i += curly ? kCurlyApostrophe.size() : 1;
    }
  }

  Tokens& out_;
  std::uint8_t part_;
  std::size_t at_;
  std::size_t begin_ = 0;
  bool in_word_ = false;
  bool wide_ = false;
  bool break_ = true;
  int letters_ = 0;
  int capitals_ = 0;
};

// Never half a character at the end.
std::string_view CutAtCharacter(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80) --limit;
  return text.substr(0, limit);
}

}  // namespace

Tokens Tokenize(std::string_view subject, std::string_view text) {
  Tokens out;
  subject = CutAtCharacter(subject, kReadSubject);
  text = CutAtCharacter(text, kReadText);
  out.folded.reserve(subject.size() + text.size());
  out.words.reserve((subject.size() + text.size()) / 5 + 4);
  out.source.assign(subject);
  Cutter(out, 0, 0).Run();
  const std::size_t begin = out.source.size() + 1;
  out.source.append("\n").append(text);
  Cutter(out, 1, begin).Run();
  return out;
}

}  // namespace tr::read
