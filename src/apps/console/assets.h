#pragma once
// In: the files in assets/. Out: the same bytes, inside the program. Never: a file system at run time. Start at:
// PageHtml.

#include <string_view>

namespace tr::console {

std::string_view PageHtml();
std::string_view PageScript();
std::string_view PageStyle();

}  // namespace tr::console
