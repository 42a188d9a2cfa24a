#include "intake/encoded_words.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>

#include "base/hash.h"
#include "base/text.h"
#include "intake/charset.h"
#include "intake/transfer.h"

namespace tr::intake {
namespace {

constexpr std::size_t kMaxCharset = 60;
constexpr auto kNone = std::string_view::npos;

struct Word {
  std::string_view charset;
  std::string bytes;
  std::size_t end = 0;  // behind its "?="
};

// The encoded-word that starts at `at`.
std::optional<Word> WordAt(std::string_view value, std::size_t at) {
  if (value.substr(at, 2) != "=?") return std::nullopt;
  const std::size_t charset_end = value.substr(0, std::min(value.size(), at + 2 + kMaxCharset)).find('?', at + 2);
  if (charset_end == kNone || charset_end == at + 2 || charset_end + 2 >= value.size()) return std::nullopt;
  if (value[charset_end + 2] != '?') return std::nullopt;
  const int encoding = std::toupper(static_cast<unsigned char>(value[charset_end + 1]));
  if (encoding != 'B' && encoding != 'Q') return std::nullopt;
  const std::size_t start = charset_end + 3;
  const std::size_t end = value.find("?=", start);
  if (end == kNone) return std::nullopt;
  Word word;
  word.charset = value.substr(at + 2, charset_end - at - 2);
  word.charset = word.charset.substr(0, word.charset.find('*'));  // RFC 2231 section 5: a language behind it
  const std::string_view text = value.substr(start, end - start);
  word.bytes = encoding == 'B' ? DecodeBase64(text) : DecodeQuotedPrintable(text, true);
  word.end = end + 2;
  return word;
}

std::size_t SkipBlanks(std::string_view value, std::size_t at) {
  while (at < value.size() && (value[at] == ' ' || value[at] == '\t' || value[at] == '\r' || value[at] == '\n')) ++at;
  return at;
}

// The run of encoded-words at `at`, decoded; moves `at` behind it.
std::optional<std::string> TakeRun(std::string_view value, std::size_t& at) {
  std::optional<Word> word = WordAt(value, at);
  if (!word) return std::nullopt;
  std::string text;
  while (word) {
    std::string bytes = std::move(word->bytes);
    const std::string_view charset = word->charset;
    at = word->end;
    word = WordAt(value, SkipBlanks(value, at));
    while (word && EqualsIgnoreCaseAscii(word->charset, charset)) {
      bytes += word->bytes;
      at = word->end;
      word = WordAt(value, SkipBlanks(value, at));
    }
    text += ToUtf8(bytes, charset);
  }
  return text;
}

// Calls `plain` with the stretches between the runs and `decoded` with each run's text, in order.
template <typename Plain, typename Decoded>
void ForEachStretch(std::string_view value, Plain plain, Decoded decoded) {
  const std::size_t last_end = value.rfind("?=");
  std::size_t from = 0;
  std::size_t at = value.find("=?");
  while (at != kNone && last_end != kNone && at < last_end) {
    std::size_t end = at;
    if (std::optional<std::string> text = TakeRun(value, end)) {
      plain(value.substr(from, at - from));
      decoded(*text);
      from = end;
      at = value.find("=?", end);
    } else {
      at = value.find("=?", at + 2);
    }
  }
  plain(value.substr(from));
}

// What stands outside encoded-words.
std::string PlainText(std::string_view bytes, std::string_view charset) {
  return ToUtf8(bytes, IsUtf8(bytes) ? "" : charset);
}

std::string DecodeOnce(std::string_view value, std::string_view charset) {
  std::string out;
  ForEachStretch(
      value, [&](std::string_view plain) { out += PlainText(plain, charset); },
      [&](const std::string& text) { out += text; });
  return out;
}

}  // namespace

std::string DecodeHeaderText(std::string_view value, std::string_view charset) {
  std::string text = DecodeOnce(value, charset);
  if (text.find("=?") != std::string::npos) text = DecodeOnce(text, "");
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return std::string(Trim(text));
}

std::string TidyEncodedWords(std::string_view value, std::string_view charset) {
  std::string out;
  ForEachStretch(
      value, [&](std::string_view plain) { out += PlainText(plain, charset); },
      [&](const std::string& text) { out += "=?UTF-8?B?" + ToBase64(text) + "?="; });
  return out;
}

}  // namespace tr::intake
