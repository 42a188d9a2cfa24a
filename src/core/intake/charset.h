#pragma once
// Bytes in any charset that mail names, as UTF-8.

#include <string>
#include <string_view>

namespace tr::intake {

// `charset` is the label as the mail wrote it (any case; "", unknown and wrong ones allowed). Total: what the label
// cannot explain is read as UTF-8 where it is well-formed, else as windows-1252. The result is UTF-8 without NUL or
// BOM.
std::string ToUtf8(std::string_view bytes, std::string_view charset);

// The charset that an HTML page's own <meta> names in its first 1,024 bytes; empty where it names none.
std::string CharsetOfHtml(std::string_view html);

}  // namespace tr::intake
