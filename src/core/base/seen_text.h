#pragma once
// What a person sees of a text: nothing hides in it from whoever looks at it, nor from what looks for numbers in it.

#include <string>
#include <string_view>

namespace tr {

// Well-formed UTF-8 without control characters and without characters that nobody sees (zero width, direction marks,
// tags, U+FEFF); blanks squeezed into one, blank lines into one, none at either end. Linear.
std::string SeenText(std::string_view text);

}  // namespace tr
