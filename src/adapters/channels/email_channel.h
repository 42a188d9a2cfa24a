#pragma once
// Where a team reads its mail: each notice is one mail to the team's inbox, a ping one to the person who is named.

#include <functional>
#include <string>

#include "base/clock.h"
#include "channels/email_card.h"
#include "channels/mailer.h"
#include "handoff/channel.h"

namespace tr::channels {

struct EmailSettings {
  EmailLook look;
  std::string id_domain;  // what stands behind the @ of our Message-IDs; the mail lane knows our own mail by it
};

class EmailChannel : public handoff::Channel {
 public:
  // `mailer` and `clock` outlive this; `book` gives the book in force, which may be null (then kTransient).
  EmailChannel(Mailer& mailer, EmailSettings settings, const Clock& clock, std::function<rules::RuleBookPtr()> book);

  // Gives the Message-ID, which is made from the notice's id: a mail that is sent twice is one in its reader's program.
  // Faults as Mailer::Send; kInvalid also: the address is not a team's inbox or a known person's.
  Result<std::string> Post(const handoff::Notice& notice, const Call& call) override;

 private:
  Mail MailOf(const handoff::Notice& notice, const std::string& to, const rules::RuleBook& book) const;

  Mailer& mailer_;
  EmailSettings settings_;
  const Clock& clock_;
  std::function<rules::RuleBookPtr()> book_;
};

}  // namespace tr::channels
