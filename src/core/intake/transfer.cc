#include "intake/transfer.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/text.h"

namespace tr::intake {
namespace {

constexpr int kNoDigit = -1;

constexpr std::array<std::int8_t, 256> MakeDigits() {
  std::array<std::int8_t, 256> digits{};
  for (auto& digit : digits) digit = kNoDigit;
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    digits[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  }
  return digits;
}
constexpr auto kDigits = MakeDigits();

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

// Where the line break behind `at` (after blanks) ends, or npos when there is other text on the line.
std::size_t SoftBreak(std::string_view body, std::size_t at) {
  while (at < body.size() && IsBlank(body[at])) ++at;
  if (at == body.size()) return at;
  if (body[at] == '\n') return at + 1;
  if (body[at] == '\r') return at + 1 < body.size() && body[at + 1] == '\n' ? at + 2 : at + 1;
  return std::string_view::npos;
}

// One line of uuencode: its length digit, then groups of four.
void AppendUuLine(std::string_view line, std::string& out) {
  const auto value = [](char c) { return (static_cast<unsigned char>(c) - 32U) & 63U; };
  std::size_t count = value(line[0]);
  for (std::size_t i = 1; i < line.size() && count > 0; i += 4) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 4; ++k) group = group << 6U | (i + k < line.size() ? value(line[i + k]) : 0U);
    for (int shift = 16; shift >= 0 && count > 0; shift -= 8, --count) out += static_cast<char>(group >> shift & 0xFFU);
  }
}

std::string DecodeUu(std::string_view body) {
  std::string out;
  bool inside = false;
  for (std::string_view line : SplitText(body, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("begin ")) {
      inside = true;
    } else if (inside && line == "end") {
      break;
    } else if (inside && !line.empty()) {
      AppendUuLine(line, out);
    }
  }
  return inside ? out : std::string(body);
}

}  // namespace

std::string DecodeBase64(std::string_view body) {
  std::string out;
  out.reserve(body.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  int count = 0;
  const auto flush = [&] {
    if (count >= 2) out += static_cast<char>(count == 3 ? bits >> 10U & 0xFFU : bits >> 4U & 0xFFU);
    if (count == 3) out += static_cast<char>(bits >> 2U & 0xFFU);
    bits = 0;
    count = 0;
  };
  for (const char c : body) {
    if (c == '=') flush();
    const int digit = kDigits[static_cast<unsigned char>(c)];
    if (digit == kNoDigit) continue;
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    if (++count < 4) continue;
    out += static_cast<char>(bits >> 16U & 0xFFU);
    out += static_cast<char>(bits >> 8U & 0xFFU);
    out += static_cast<char>(bits & 0xFFU);
    bits = 0;
    count = 0;
  }
  flush();
  return out;
}

std::string DecodeQuotedPrintable(std::string_view body, bool in_header) {
  std::string out;
  out.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (in_header && c == '_') {
      out += ' ';
    } else if (c != '=') {
      out += c;
    } else if (i + 2 < body.size() && HexDigit(body[i + 1]) >= 0 && HexDigit(body[i + 2]) >= 0) {
      out += static_cast<char>(HexDigit(body[i + 1]) * 16 + HexDigit(body[i + 2]));
      i += 2;
    } else if (const std::size_t next = SoftBreak(body, i + 1); !in_header && next != std::string_view::npos) {
      i = next - 1;
    } else {
      out += c;
    }
  }
  return out;
}

std::string DecodeTransfer(std::string_view body, std::string_view encoding) {
  std::string name = ToLowerAscii(Trim(encoding.substr(0, encoding.find(';'))));
  std::erase_if(name, [](char c) { return c == '"' || c == ' '; });
  if (name == "base64") return DecodeBase64(body);
  if (name == "quoted-printable") return DecodeQuotedPrintable(body, false);
  if (name == "x-uuencode" || name == "uuencode" || name == "x-uue") return DecodeUu(body);
  return std::string(body);
}

}  // namespace tr::intake
