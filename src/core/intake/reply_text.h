#pragma once
// The part of a mail's text that its author wrote now.

#include <string>
#include <string_view>

namespace tr::intake {

// Without quoted history, signature, mobile footer and disclaimer, as some twenty languages and the common mail
// programs write them; a forwarded message is kept, since it is usually the point. Answers written between quoted lines
// are all kept. Never empty unless `text` holds nothing but white space. `text` is UTF-8 with '\n' line ends; time is
// linear in its size. `forwarded`: the subject says that the mail forwards another (intake/subject.h IsForwarded): only
// marked quotes are taken away.
std::string NewText(std::string_view text, bool forwarded = false);

}  // namespace tr::intake
