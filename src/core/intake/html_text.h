#pragma once
// HTML as plain text, the way a mail program would quote it.

#include <string>
#include <string_view>

namespace tr::intake {

// Paragraphs and breaks become lines, list items get "- ", links keep their address where it is not what they show,
// quoted blocks get "> " in front of each line (at most 5 deep), scripts, styles and what is styled invisible vanish.
// `html` is UTF-8 of any shape; the result is UTF-8, its time and size linear in `html`. No tree is built.
std::string HtmlToText(std::string_view html);

}  // namespace tr::intake
