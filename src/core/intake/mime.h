#pragma once
// In: the raw bytes of a mail. Out: ParsedMail, what the mail lane knows of it. Never: a ticket, a store, a decision, a
// mail that is lost because it is malformed.
// Start at: ParseMail.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "ticket/ticket.h"

namespace tr::intake {

// 40 MiB: what SES accepts as one inbound message, and where the command line answers 65.
inline constexpr std::size_t kMaxMailBytes = 41'943'040;

// 2 MiB of words is a shelf of books; what is longer is a log pasted into a mail, and the original keeps it.
inline constexpr std::size_t kMaxTextBytes = 2 * 1024 * 1024;

struct MailHeader {
  std::string name;   // lower case
  std::string value;  // unfolded, UTF-8, at most 4,096 bytes
  bool operator==(const MailHeader&) const = default;
};

// Every string is well-formed UTF-8 without NUL bytes. Ids stand without angle brackets.
struct ParsedMail {
  Mailbox from;                         // the first of From; of Sender where there is no From
  Mailbox reply_to;                     // the first of Reply-To; empty where there is none
  Mailbox sender;                       // Sender; empty where there is none
  std::vector<Mailbox> to;              // at most 200
  std::vector<Mailbox> cc;              // at most 200
  std::string subject;                  // decoded, one line
  std::string message_id;               // empty where there is none
  std::string in_reply_to;              // the first of In-Reply-To, or empty
  std::vector<std::string> references;  // oldest first, at most 100 (the first, and the newest 99)
  std::optional<Time> date;             // what the sender's clock said; absent when unreadable
  // The whole readable body, HTML turned into text, lines end in '\n'; at most kMaxTextBytes.
  std::string text;
  std::string new_text;                 // what was written now; empty only when `text` is
  std::vector<Attachment> attachments;  // at most 1,000
  // The headers that later steps ask for, in the mail's order (the topmost first), at most 200: see KeptHeaders in
  // kept_headers.cc.
  std::vector<MailHeader> headers;

  std::string content_type;        // of the whole mail, lower case, without parameters
  std::string report_type;         // of multipart/report (RFC 6522), lower case: "delivery-status", …
  std::vector<std::string> parts;  // content types of all parts, lower case, in order, at most 1,000
  bool cut = false;                // headers, parts or nesting passed a limit: something of the mail is not in here
  bool text_cut = false;           // `text` is the start of a longer one

  // The value of the topmost header of that (lower-case) name among `headers`; empty where there is none.
  std::string_view Header(std::string_view name) const;
  bool HasHeader(std::string_view name) const;
};

// Reads one raw mail (RFC 5322, 2045-2049, 2047, 2231, 6532), tolerant of what real mail does wrong: any bytes at all
// give a mail. Bounded: a header of more than 16 KiB is cut, a block of headers ends at 256 KiB, all headers at 1 MiB,
// parts at 1,000, nesting at 100 (`cut` says so); time and memory are linear in the size. Thread-safe.
// kInvalid: more than kMaxMailBytes. Nothing else fails.
Result<ParsedMail> ParseMail(std::string_view raw);

}  // namespace tr::intake
