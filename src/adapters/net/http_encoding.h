#pragma once
// The small encodings around HTTP: percent signs, forms, cookies, Content-Type.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_types.h"

namespace tr::net {

// RFC 3986 section 2.1. Nothing: a "%" that no two hexadecimal digits follow.
std::optional<std::string> PercentDecode(std::string_view text);

// Everything but letters, digits and "-._~" becomes %XX.
std::string PercentEncode(std::string_view bytes);

// Pairs of application/x-www-form-urlencoded (WHATWG URL, section 5.1): "+" is a space, a stray "%" stands for itself.
// Nothing: more than `max_fields` pairs.
std::optional<Fields> ParseForm(std::string_view text, std::size_t max_fields = 1000);

// The decoded parts of a path between its slashes: "/a/b%2Fc" gives {"a", "b/c"}, "/" gives {}.
// Nothing: no slash at the beginning, a bad percent sign, or a NUL byte.
std::optional<std::vector<std::string>> PathSegments(std::string_view path);

// "host:8080" of "http://user:word@host:8080/path?query"; a text without "://" is taken to begin with its host.
std::string_view AuthorityOf(std::string_view url);

// The value of the first cookie of that name in a Cookie header (RFC 6265 section 5.4), without surrounding quotes; or
// "".
std::string_view FindCookie(std::string_view header, std::string_view name);

struct ContentType {
  std::string type;     // "text/html", lower case, without parameters; "" when the header is absent or no type
  std::string charset;  // lower case; "" when absent
};
ContentType ParseContentType(std::string_view header);

}  // namespace tr::net
