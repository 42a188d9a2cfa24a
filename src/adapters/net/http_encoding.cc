#include "net/http_encoding.h"

#include <algorithm>

#include "base/text.h"

namespace tr::net {
namespace {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The byte that "%XX" at `at` stands for, or -1.
int EscapedByte(std::string_view text, std::size_t at) {
  if (text[at] != '%' || text.size() - at < 3) return -1;
  const int high = HexValue(text[at + 1]);
  const int low = HexValue(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string DecodeFormText(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const int byte = EscapedByte(text, i); byte >= 0) {
      decoded += static_cast<char>(byte);
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

// Cuts what stands before the next separator off the front of `rest`.
std::string_view TakeUntil(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

std::string_view Unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

std::optional<std::string> PercentDecode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const int byte = EscapedByte(text, i);
    if (byte < 0) return std::nullopt;
    decoded += static_cast<char>(byte);
    i += 2;
  }
  return decoded;
}

std::string PercentEncode(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (IsUnreserved(c)) {
      encoded += c;
    } else {
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return encoded;
}

std::optional<Fields> ParseForm(std::string_view text, std::size_t max_fields) {
  Fields fields;
  while (!text.empty()) {
    std::string_view value = TakeUntil(text, '&');
    if (value.empty()) continue;
    if (fields.size() == max_fields) return std::nullopt;
    const std::string_view name = TakeUntil(value, '=');
    fields.emplace_back(DecodeFormText(name), DecodeFormText(value));
  }
  return fields;
}

std::optional<std::vector<std::string>> PathSegments(std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  path.remove_prefix(1);
  std::vector<std::string> segments;
  while (!path.empty()) {
    auto segment = PercentDecode(TakeUntil(path, '/'));
    if (!segment || segment->find('\0') != std::string::npos) return std::nullopt;
    segments.push_back(*std::move(segment));
  }
  return segments;
}

std::string_view AuthorityOf(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  return url.substr(url.rfind('@') + 1);
}

std::string_view FindCookie(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    std::string_view value = TakeUntil(header, ';');
    if (Trim(TakeUntil(value, '=')) == name) return Unquoted(Trim(value));
  }
  return {};
}

ContentType ParseContentType(std::string_view header) {
  ContentType parsed;
  const std::string_view type = Trim(TakeUntil(header, ';'));
  if (type.find('/') == std::string_view::npos) return parsed;
  parsed.type = ToLowerAscii(type);
  while (!header.empty() && parsed.charset.empty()) {
    std::string_view value = TakeUntil(header, ';');
    if (EqualsIgnoreCaseAscii(Trim(TakeUntil(value, '=')), "charset")) {
      parsed.charset = ToLowerAscii(Unquoted(Trim(value)));
    }
  }
  return parsed;
}

}  // namespace tr::net
