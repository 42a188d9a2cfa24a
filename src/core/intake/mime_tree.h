#pragma once
// A mail's parts (RFC 2046), found in one pass over its lines and without recursion.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "intake/header_block.h"
#include "intake/structured_headers.h"

namespace tr::intake {

inline constexpr std::size_t kMaxParts = 1000;
inline constexpr std::size_t kMaxDepth = 100;

inline constexpr std::size_t kNoParent = static_cast<std::size_t>(-1);

struct Part {
  HeaderBlock headers;
  MediaType media;  // `type` is never empty
  Disposition disposition;
  std::string filename;   // of the disposition, else of the media type; without a path
  std::string_view body;  // still encoded; of a multipart its preamble
  std::size_t parent = kNoParent;
  std::size_t depth = 0;
  bool is_multipart = false;  // its parts follow it
};

struct MimeTree {
  std::vector<Part> parts;  // the whole mail first, then each part before its own parts; never empty
  bool cut = false;         // a limit was passed
};

// Views point into `raw`, which must outlive the tree. A multipart without any part is a text; a mail inside a mail is
// not opened (except when it is the whole mail), so a forwarded mail is an attachment.
MimeTree ReadMimeTree(std::string_view raw);

}  // namespace tr::intake
