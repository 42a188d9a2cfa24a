#pragma once
// The grammar of structured headers: media types, dispositions, addresses, dates, ids. GMime stands behind it; what it
// gets is one header of at most kMaxHeaderBytes, made harmless first.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "ticket/ticket.h"

namespace tr::intake {

struct MediaType {
  std::string type;         // "text/plain", lower case; empty when the header names none
  std::string charset;      // as written
  std::string boundary;     // of a multipart
  std::string name;         // decoded
  std::string report_type;  // lower case
};

struct Disposition {
  std::string kind;      // "attachment", "inline", …, lower case; empty when the header names none
  std::string filename;  // decoded
};

// `value` is a header's raw, unfolded value. All are total: what cannot be read is empty.
MediaType ParseMediaType(std::string_view value);
Disposition ParseDisposition(std::string_view value);

// The mailboxes in order, groups opened, at most `limit`. Names decoded, addresses in lower case. `charset`: of raw
// 8-bit bytes that are not UTF-8.
std::vector<Mailbox> ParseAddresses(std::string_view value, std::size_t limit, std::string_view charset = "");

// RFC 5322 dates and the usual departures from them; years 1970 to 9999.
std::optional<Time> ParseMailDate(std::string_view value);

// The ids of Message-ID, In-Reply-To or References, without angle brackets; bare ones count where nothing is bracketed.
std::vector<std::string> ParseIds(std::string_view value);

}  // namespace tr::intake
