#pragma once
// The lines before an answer's body. Inside this room only.

#include <string>
#include <string_view>

#include "net/http_types.h"

namespace tr::net {

struct ResponseFraming {
  std::string_view date;  // RFC 9110 section 5.6.7
  bool keep_alive = false;
  bool http11 = true;
};

// Status line and header fields up to the empty line. A field of the handler that holds a control character, or that
// is the server's to set, is left out: an answer cannot be split by what a caller sent.
std::string FormatResponseHead(const HttpResponse& response, const ResponseFraming& framing);

// False for answers that end with the header whatever their body says (RFC 9110 section 6.4.1).
bool StatusHasBody(int status);

}  // namespace tr::net
