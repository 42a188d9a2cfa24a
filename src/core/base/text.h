#pragma once
// UTF-8 text: valid, folded for comparison, cut at a character.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tr {

// Well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms, no surrogates).
bool IsUtf8(std::string_view bytes);

// A well-formed copy: each ill-formed sequence becomes U+FFFD, NUL bytes vanish.
std::string RepairUtf8(std::string_view bytes);

// NFKC and full case folding: what two texts must share to be called the same words. Ill-formed input is repaired
// first. Default-ignorable characters (soft hyphen, zero-width space) vanish, and U+2019 becomes an ASCII apostrophe.
// Linear in the text; idempotent.
std::string Fold(std::string_view utf8);

// Without ASCII blanks (space, tab, CR, LF, VT, FF) at both ends.
std::string_view Trim(std::string_view text);

// Runs of white space (ASCII blanks and U+00A0) become one space; none at the ends.
std::string Squeeze(std::string_view utf8);

// At most `bytes` bytes, never half a character; an ellipsis (U+2026, inside the limit) marks a cut, where `bytes`
// leaves room for one.
std::string CutText(std::string_view utf8, std::size_t bytes);

// ASCII letters to lower case, everything else as it is.
std::string ToLowerAscii(std::string_view text);
bool EqualsIgnoreCaseAscii(std::string_view a, std::string_view b);

// The words of a folded text: maximal runs of letters, digits and marks (any script; an apostrophe inside a word
// belongs to it). Each view points into `folded`.
std::vector<std::string_view> Words(std::string_view folded);

// The parts between separators, empty ones included; one part for a text without a separator.
std::vector<std::string_view> SplitText(std::string_view text, char separator);

// Edits (insert, delete, replace, swap of neighbours) that turn a into b: for "did you mean". Counted in
// characters. Different texts of which one is longer than 64 characters are as far apart as the longer one is long.
std::size_t EditDistance(std::string_view a, std::string_view b);

}  // namespace tr
