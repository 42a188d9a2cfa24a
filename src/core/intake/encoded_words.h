#pragma once
// Encoded-words in headers (RFC 2047), as mail really writes them.

#include <string>
#include <string_view>

namespace tr::intake {

// An unstructured header's value as one line of UTF-8: encoded-words decoded (neighbours of one charset as one run of
// bytes, since programs cut inside a character; blanks inside and words glued to text allowed; what a word hides in
// another word too), control characters made spaces. Raw 8-bit bytes are UTF-8, or in `charset` (the mail's own, ""
// where unknown). Time is linear in `value`.
std::string DecodeHeaderText(std::string_view value, std::string_view charset = "");

// The same value with each run of encoded-words made a single well-formed UTF-8 one, and raw 8-bit bytes made UTF-8: a
// structured header (addresses, parameters) that a strict parser reads without loss.
std::string TidyEncodedWords(std::string_view value, std::string_view charset = "");

}  // namespace tr::intake
