#include "channels/mail_encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "base/hash.h"
#include "base/text.h"

namespace tr::channels {
namespace {

constexpr std::size_t kMaxAddress = 254;
constexpr std::size_t kMaxHeaderLine = 76;
constexpr std::size_t kEncodedBytes = 42;  // 56 characters in base 64, with the frame 68: below 75
constexpr std::size_t kQuotedLine = 75;    // and the soft break's "="

bool IsAtom(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool IsHostChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

// Atoms with single dots between them.
template <typename Allowed>
bool IsDotted(std::string_view text, Allowed allowed) {
  bool after_dot = true;
  for (const char c : text) {
    if (c == '.' ? after_dot : !allowed(c)) return false;
    after_dot = c == '.';
  }
  return !after_dot;
}

// U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069, U+2028 and U+2029: three bytes each, E2 80 or E2 81.
bool TurnsText(std::string_view three) {
  if (three.size() < 3 || three[0] != '\xE2') return false;
  const auto last = static_cast<unsigned char>(three[2]);
  if (three[1] == '\x80') return last == 0x8E || last == 0x8F || (last >= 0xA8 && last <= 0xAE);
  return three[1] == '\x81' && last >= 0xA6 && last <= 0xA9;
}

std::string Clean(std::string_view text, bool keep_lines) {
  const std::string valid = RepairUtf8(text);
  std::string clean;
  clean.reserve(valid.size());
  for (std::size_t i = 0; i < valid.size(); ++i) {
    const char c = valid[i];
    const auto byte = static_cast<unsigned char>(c);
    if (TurnsText(std::string_view(valid).substr(i, 3))) {
      clean += ' ';
      i += 2;
    } else if (byte == 0xC2 && i + 1 < valid.size() && static_cast<unsigned char>(valid[i + 1]) < 0xA0) {
      clean += ' ';  // C1 controls, U+0085 (next line) among them
      ++i;
    } else if ((byte < 0x20 && !(keep_lines && (c == '\n' || c == '\t'))) || byte == 0x7F) {
      if (c != '\r') clean += ' ';
    } else {
      clean += c;
    }
  }
  return clean;
}

bool IsPrintableAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// The end of the run of whole characters from `begin` that fits into `most` bytes.
std::size_t CharactersEnd(std::string_view utf8, std::size_t begin, std::size_t most) {
  std::size_t end = std::min(utf8.size(), begin + most);
  while (end < utf8.size() && end > begin && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) --end;
  return end;
}

std::string HexByte(char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'=', kDigits[byte >> 4U], kDigits[byte & 15U]};
}

// One line without its end, in pieces of at most kQuotedLine characters.
void QuoteLine(std::string_view line, std::string& out) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool blank = c == ' ' || c == '\t';
    const bool risky = (blank && i + 1 == line.size()) || (i == 0 && line.starts_with("From "));
    const bool plain = (blank || (c > 0x20 && c < 0x7F && c != '=')) && !risky;
    if (width + (plain ? 1 : 3) > kQuotedLine) {
      out += "=\r\n";
      width = 0;
    }
    if (plain && !(width == 0 && c == '.')) {
      out += c;
      ++width;
    } else {
      out += HexByte(c);
      width += 3;
    }
  }
}

}  // namespace

bool IsPlainAddress(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || text.size() > kMaxAddress) return false;
  return IsDotted(text.substr(0, at), IsAtom) && IsDotted(text.substr(at + 1), IsHostChar);
}

std::string OneLine(std::string_view text, std::size_t most) {
  return CutText(Squeeze(Clean(CutText(text, most * 2 + 64), false)), most);
}

std::string SafeLines(std::string_view text, std::size_t most) {
  return CutText(Clean(CutText(text, most), true), most);
}

std::string TextHeader(std::string_view name, std::string_view value) {
  const std::string line = OneLine(value, 998);
  std::string header = std::string(name) + ":";
  if (IsPrintableAscii(line) && header.size() + 1 + line.size() <= kMaxHeaderLine &&
      line.find("=?") == std::string::npos) {
    return header + " " + line + "\r\n";
  }
  for (std::size_t begin = 0; begin < line.size();) {
    const std::size_t end = CharactersEnd(line, begin, kEncodedBytes);
    header += (begin == 0 ? " =?UTF-8?B?" : "\r\n =?UTF-8?B?") + ToBase64(line.substr(begin, end - begin)) + "?=";
    begin = end;
  }
  return header + "\r\n";
}

std::string QuotedPrintable(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const std::string_view line : SplitText(text, '\n')) {
    QuoteLine(line, out);
    out += "\r\n";
  }
  return out;
}

std::string MailDate(Time time) {
  constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::string clock = FormatTime(time).substr(11, 8);
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02u %s %04d %s +0000",
                std::string(kDays[std::chrono::weekday(day).c_encoding()]).c_str(), static_cast<unsigned>(date.day()),
                std::string(kMonths[static_cast<unsigned>(date.month()) - 1]).c_str(), static_cast<int>(date.year()),
                clock.c_str());
  return text;
}

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + 32);
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

}  // namespace tr::channels
