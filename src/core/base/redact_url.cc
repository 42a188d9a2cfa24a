#include <algorithm>

#include "base/redact_parts.h"

namespace tr {
namespace {

constexpr std::size_t kMaxUser = 128;  // bytes
constexpr std::size_t kMaxPassword = 256;

// Whether a URL's user, who may be empty, ends here.
bool EndsInUser(std::string_view before) {
  const std::string_view tail = before.substr(before.size() - std::min(before.size(), kMaxUser));
  const std::size_t stop = tail.find_last_of(" \t\r\n\v\f\"'<>/?#@:");
  return stop != std::string_view::npos && tail.substr(0, stop + 1).ends_with("://");
}

// Whether it is a port with the rest of a URL after it: an "@" there stands in a path or a query.
bool IsPort(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  return digits > 0 && digits < text.size() && std::string_view("/?#").find(text[digits]) != std::string_view::npos;
}

}  // namespace

// RFC 3986, 3.2.1, but as passwords are pasted: "/", "?", "#" and "@" in one are often not encoded.
std::size_t UrlPasswordLength(std::string_view before, std::string_view text) {
  const std::string_view rest = text.substr(1, kMaxPassword);
  if (rest.find('@') == std::string_view::npos || !EndsInUser(before)) return 0;
  const std::string_view url = rest.substr(0, rest.find_first_of(" \t\r\n\v\f\"'<>"));
  if (IsPort(url)) return 0;
  std::size_t end = url.substr(0, url.find('/')).rfind('@');
  if (end == std::string_view::npos) end = url.find('@');
  if (end == std::string_view::npos || HoldsPlaceholder(url.substr(0, end))) return 0;
  return end;
}

}  // namespace tr
