#pragma once
// What Google Docs and Word make of a line, taken back.

#include <string>
#include <string_view>

namespace tr::rules {

// One line without what editors add: curly quotes become ", arrows become ->, "\-" loses its backslash, "[a](b)" and
// "<a@b>" become a, bold marks, heading ids ("{#id}"), zero-width characters and HTML entities go, blanks become single
// spaces. REQUIRES: well-formed UTF-8. Linear in the line's length.
std::string CleanLine(std::string_view line);

}  // namespace tr::rules
