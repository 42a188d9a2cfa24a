#pragma once
// The headers of a mail or a part, read with limits before any library sees them.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tr::intake {

// Of one header, of one block, and of all blocks of a mail: far above what real mail needs (Exchange refuses 32 KiB in
// one header, Postfix 100 KiB in a block), far below where parameter and address parsing gets slow.
inline constexpr std::size_t kMaxHeaderBytes = 16 * 1024;
inline constexpr std::size_t kMaxBlockBytes = 256 * 1024;
inline constexpr std::size_t kMaxAllHeaderBytes = 1024 * 1024;

struct HeaderField {
  std::string name;   // lower case
  std::string value;  // raw bytes, unfolded, trimmed
};

class HeaderBlock {
 public:
  const std::vector<HeaderField>& fields() const { return fields_; }
  // The value of the first of that (lower-case) name; empty where there is none.
  std::string_view First(std::string_view name) const;
  // The first of that name whose value is not empty.
  std::string_view FirstFilled(std::string_view name) const;
  bool Has(std::string_view name) const;

 private:
  friend class HeaderReader;
  std::vector<HeaderField> fields_;
};

struct ReadHeaders {
  HeaderBlock block;
  std::size_t body = 0;  // where the body starts
  bool cut = false;      // a limit was passed
};

// Reads the block that starts at `at`. It ends at an empty line, at the end, at a line that starts with "--" (a
// boundary came too early), or where lines cease to look like headers. `spent` counts the bytes of all blocks.
ReadHeaders ReadHeaderBlock(std::string_view bytes, std::size_t at, std::size_t& spent);

// Where the headers of a whole mail start: behind a byte order mark, empty lines and an mbox "From " line.
std::size_t StartOfHeaders(std::string_view bytes);

// Where the line that starts at `at` ends (its '\n', or the size).
std::size_t LineEnd(std::string_view bytes, std::size_t at);

}  // namespace tr::intake
