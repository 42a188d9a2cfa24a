#include "base/log.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "base/text.h"

namespace tr {
namespace {

std::string_view Name(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return "debug";
    case LogLevel::kInfo: return "info";
    case LogLevel::kWarning: return "warning";
    case LogLevel::kError: return "error";
  }
  return "error";
}

void AppendEscaped(std::string& line, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"': line += "\\\""; return;
    case '\\': line += "\\\\"; return;
    case '\n': line += "\\n"; return;
    case '\r': line += "\\r"; return;
    case '\t': line += "\\t"; return;
  }
  line += "\\u00";
  line += kHex[static_cast<std::uint8_t>(c) >> 4];
  line += kHex[static_cast<std::uint8_t>(c) & 15U];
}

bool NeedsEscape(char c) { return static_cast<std::uint8_t>(c) < 0x20 || c == '"' || c == '\\' || c == '\x7f'; }

// A JSON string; ill-formed UTF-8 is repaired, or the line would not be JSON.
void AppendText(std::string& line, std::string_view text) {
  if (!IsUtf8(text)) return AppendText(line, RepairUtf8(text));
  line += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!NeedsEscape(text[i])) continue;
    line += text.substr(plain, i - plain);
    AppendEscaped(line, text[i]);
    plain = i + 1;
  }
  line += text.substr(plain);
  line += '"';
}

template <typename Number>
void AppendNumber(std::string& line, Number number) {
  std::array<char, 32> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  line.append(digits.data(), error == std::errc{} ? static_cast<std::size_t>(end - digits.data()) : 0);
}

void Append(std::string& line, const std::string& value) { AppendText(line, value); }
void Append(std::string& line, bool value) { line += value ? "true" : "false"; }
void Append(std::string& line, std::int64_t value) { AppendNumber(line, value); }
void Append(std::string& line, double value) {
  if (!std::isfinite(value)) {
    line += "null";
    return;
  }
  AppendNumber(line, value);
}

void AppendMember(std::string& line, std::string_view name, std::string_view text) {
  AppendText(line, name);
  line += ':';
  AppendText(line, text);
}

}  // namespace

std::string FormatLogLine(std::string_view rfc3339_time, LogLevel level, std::string_view event,
                          std::initializer_list<LogField> fields) {
  std::string line;
  line.reserve(96 + 32 * fields.size());
  line += '{';
  AppendMember(line, "time", rfc3339_time);
  line += ',';
  AppendMember(line, "level", Name(level));
  line += ',';
  AppendMember(line, "event", event);
  for (const LogField& field : fields) {
    line += ',';
    AppendText(line, field.name());
    line += ':';
    std::visit([&line](const auto& value) { Append(line, value); }, field.value());
  }
  line += '}';
  return line;
}

}  // namespace tr
