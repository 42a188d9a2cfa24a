#pragma once
// Tells machine mail from people's: auto-replies (RFC 3834), bounces (RFC 3464), list mail (RFC 2919, 2369), our own.

#include <string>
#include <string_view>
#include <vector>

#include "intake/mime.h"
#include "ticket/words.h"

namespace tr::intake {

// What our own mail looks like from outside.
struct OwnMail {
  std::vector<std::string> addresses;  // the addresses that mail comes in by and that we send from, lower case
  std::string message_id_domain;       // what stands behind the @ in every Message-ID that we write; empty: unknown
  std::string loop_mark;               // the value of the X-Loop header that we write; empty: none
};

struct Recognition {
  Machine machine = Machine::kNone;
  bool doubtful = false;  // kNone, but it may be a machine's: a ticket marked `automated`, which lands and never pings
  std::string_view because;  // what told: "auto-submitted", "null return path", …; static text, fit for logs; may be ""
};

// Total and pure. A reply to us that comes from a list which *is* one of our addresses is not list mail.
Recognition Recognise(const ParsedMail& mail, const OwnMail& own);

// A trusted server's spam or virus verdict against the mail (SES, SpamAssassin, rspamd): the mail is suspect. Whether
// the headers can be trusted is the caller's knowledge.
bool HasBadVerdict(const ParsedMail& mail);

}  // namespace tr::intake
