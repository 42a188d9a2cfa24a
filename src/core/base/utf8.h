#pragma once
// One character of UTF-8 at a time, for the files of this room that walk through a text.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tr {

struct DecodedChar {
  std::int32_t code = 0;   // U+FFFD for an ill-formed sequence
  std::size_t length = 0;  // bytes taken; of an ill-formed sequence, its maximal subpart (Unicode 15, 3.9)
  bool ok = false;
};

// The first character of `bytes`. REQUIRES: not empty.
DecodedChar DecodeChar(std::string_view bytes);

// REQUIRES: `code` is a scalar value.
void AppendChar(std::string& text, std::int32_t code);

// How many ASCII bytes stand at the beginning of `bytes`.
std::size_t AsciiPrefix(std::string_view bytes);

}  // namespace tr
