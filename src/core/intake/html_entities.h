#pragma once
// Character references of HTML (&amp; &eacute; &#8217; &#x1F600;).

#include <cstddef>
#include <string>
#include <string_view>

namespace tr::intake {

// Appends what the reference at `at` (where html[at] == '&') means to `out` and returns where the text goes on. What is
// no reference that mail uses is taken literally: one '&' is appended.
std::size_t AppendReference(std::string_view html, std::size_t at, std::string& out);

// A whole attribute value with its references replaced.
std::string DecodeReferences(std::string_view text);

}  // namespace tr::intake
