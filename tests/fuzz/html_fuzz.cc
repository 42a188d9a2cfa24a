// Any HTML becomes plain text whose size is bounded by its own; any bytes in any charset become UTF-8. The first line
// of the input is the charset's label.

#include <string>

#include "fuzz_target.h"
#include "intake/charset.h"
#include "intake/html_text.h"

TR_FUZZ_TARGET(html) {
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string_view page = input.substr(std::min(line + 1, input.size()));
  const std::string html = tr::intake::ToUtf8(page, input.substr(0, line));
  tr::fuzz::RequireText(html);
  tr::fuzz::RequireText(tr::intake::ToUtf8(input, tr::intake::CharsetOfHtml(input)));
  // Five levels of "> " in front of each line, and an address behind each link, are the most that is added.
  tr::fuzz::RequireText(tr::intake::HtmlToText(html), 16 * html.size() + 64);
}
