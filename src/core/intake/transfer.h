#pragma once
// Content-Transfer-Encoding undone (RFC 2045 section 6).

#include <string>
#include <string_view>

namespace tr::intake {

// `encoding` is the header's value as written ("Base64", "quoted-printable; x", unknown ones allowed: taken as they
// are). Total: what is no base 64 digit is skipped, an inner or missing '=' loses nothing, a broken '=' escape stays as
// it is.
std::string DecodeTransfer(std::string_view body, std::string_view encoding);

std::string DecodeBase64(std::string_view body);
// `in_header`: '_' is a space (RFC 2047 section 4.2) and line ends mean nothing.
std::string DecodeQuotedPrintable(std::string_view body, bool in_header);

}  // namespace tr::intake
