#pragma once
// The only way by which mail leaves, and it leads to the team alone: whatever hands a mail in, a recipient who is not a
// team's inbox or a known person of the book in force is refused here, before any transport sees it.

#include <functional>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/clock.h"
#include "base/result.h"
#include "rules/book.h"

namespace tr::channels {

// One mail to one recipient, as values.
struct Mail {
  std::string to;
  std::string subject;                  // UTF-8
  std::string text;                     // UTF-8, lines end in '\n'
  std::string html;                     // a whole document; empty: text alone
  std::string message_id;               // without angle brackets
  std::vector<std::string> references;  // oldest first; the last is what it answers
  bool important = false;
};

// What every mail of an installation says of its sender.
struct MailSender {
  std::string from;       // a plain address: From, and the envelope's sender
  std::string reply_to;   // the router's intake; empty: none
  std::string loop_mark;  // the value of X-Loop, by which the mail lane knows our own mail
};

// Carries raw mail: SMTP, SES.
class MailTransport {
 public:
  virtual ~MailTransport() = default;

  // Hands one whole RFC 5322 message over to be delivered to one recipient. Gives the Message-ID that it goes out with
  // where the transport sets its own, else an empty text. Thread-safe; tries once.
  //   kTransient: nothing answers, or the server says "later", or it does not let us in: the mail waits, nothing is
  //   lost. kPermanent: the server refuses this mail or this recipient. kInvalid:   an address that is no plain
  //   address.
  // Texts name the server and its code, never an address, a password or what a server or a mail said in words.
  virtual Result<std::string> Send(const std::string& from, const std::string& to, const std::string& raw,
                                   const Call& call) = 0;
};

class Mailer {
 public:
  // `transport` and `clock` outlive this; `book` gives the book in force, which may be null (then nobody is written
  // to).
  Mailer(MailTransport& transport, MailSender sender, const Clock& clock, std::function<rules::RuleBookPtr()> book);

  // Gives the Message-ID that the mail went out with. Faults as MailTransport's; kInvalid also: `to` is not, byte for
  // byte but for the case of ASCII letters, a team's inbox or a known person's address. kTransient also: no book yet.
  Result<std::string> Send(const Mail& mail, const Call& call);

 private:
  MailTransport& transport_;
  MailSender sender_;
  const Clock& clock_;
  std::function<rules::RuleBookPtr()> book_;
};

// Whether mail may go there: an inbox of a team, or a lead, manager or member.
bool IsTeamAddress(const rules::RuleBook& book, std::string_view address);

// The raw message (RFC 5322, 2045, 2046): text and HTML as alternatives, lines of at most 998 bytes, headers that keep
// programs from answering it (RFC 3834, MS-OXCMAIL) and loops from closing. No value can break out of its line.
// REQUIRES: the addresses are plain, the ids without blanks.
std::string WriteMail(const Mail& mail, const MailSender& sender, Time now);

}  // namespace tr::channels
