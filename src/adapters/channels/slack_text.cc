#include "channels/slack_text.h"

#include "base/text.h"
#include "base/utf8.h"

namespace tr::channels {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kZeroWidthSpace = "\xE2\x80\x8B";

bool IsControl(std::int32_t code) {
  return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7F && code < 0xA0);
}

// U+202A to 202E and U+2066 to 2069: embeddings, overrides and isolates.
bool TurnsDirection(std::int32_t code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

std::string AsItIs(std::int32_t code) {
  std::string piece;
  if (code == 0xFFFD || (!IsControl(code) && !TurnsDirection(code))) AppendChar(piece, code);
  return piece;
}

std::string OneLine(std::int32_t code) { return code == '\n' || code == '\t' ? " " : AsItIs(code); }

std::string Escaped(std::int32_t code) {
  switch (code) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '`': return "\xCB\x8B";  // U+02CB: a run of backticks would open a code block
    case '*':
    case '_':
    case '~':
    case '@': return std::string(1, static_cast<char>(code)).append(kZeroWidthSpace);
    default: return OneLine(code);
  }
}

// Writes one character after the other; what does not fit whole is left out, and the last piece makes room for the mark
// of the cut.
std::string Write(std::string_view text, std::size_t most, std::string (*piece_of)(std::int32_t)) {
  std::string written;
  std::size_t length = 0;
  std::size_t end_with_mark = 0;  // bytes up to which a mark still fits
  while (!text.empty()) {
    const DecodedChar next = DecodeChar(text);
    text.remove_prefix(next.length);
    const std::string piece = piece_of(next.code);
    const std::size_t more = SlackLength(piece);
    if (length + more > most) {
      written.resize(end_with_mark);
      if (most > 0) written += kEllipsis;
      return written;
    }
    written += piece;
    length += more;
    if (length < most) end_with_mark = written.size();
  }
  return written;
}

}  // namespace

std::size_t SlackLength(std::string_view text) {
  std::size_t length = 0;
  for (const char byte : text) length += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1 : 0;
  return length;
}

std::string SlackPlain(std::string_view text, std::size_t most) { return Write(text, most, AsItIs); }

std::string SlackLine(std::string_view text, std::size_t most) { return Write(Trim(text), most, OneLine); }

std::string SlackEscaped(std::string_view text, std::size_t most) { return Write(Trim(text), most, Escaped); }

}  // namespace tr::channels
