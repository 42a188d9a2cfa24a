#pragma once
// Mail out of this installation: the mailer and the channel over whatever carries mail here.

#include <functional>
#include <string>

#include "base/clock.h"
#include "base/redact.h"
#include "channels/email_channel.h"
#include "channels/mailer.h"
#include "intake/mail_lane.h"
#include "local/smtp_transport.h"
#include "rules/book.h"
#include "wiring/config.h"

namespace tr::wiring {

// What stands behind the @ of our Message-IDs, and in X-Loop: "ticket-router.DOMAIN of smtp.from", which no person's
// mail program writes.
std::string MailMark(const Config& config);

local::SmtpOptions SmtpOptionsOf(const SmtpConfig& config);

// What the mail lane needs to know of this installation. `link_key` tells replies to cards.
intake::MailSettings MailSettingsOf(const Config& config, const Secret& link_key);

class MailOut {
 public:
  // REQUIRES: smtp.from is set. `transport` and `clock` outlive this; `book` gives the book in force, which may be
  // null.
  MailOut(channels::MailTransport& transport, const Config& config, const Secret& link_key, const Clock& clock,
          std::function<rules::RuleBookPtr()> book);

  handoff::Channel& channel() { return channel_; }

 private:
  channels::Mailer mailer_;
  channels::EmailChannel channel_;
};

}  // namespace tr::wiring
