#pragma once
// A handoff::Notice as the words and links of a mail.

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/redact.h"
#include "channels/mail_page.h"
#include "handoff/channel.h"
#include "rules/book.h"

namespace tr::channels {

// What a card's mail needs beside its notice.
struct EmailLook {
  std::string base_url;        // of the signed links, without a final slash; empty: no links
  Secret link_key;             // signs them
  std::string intake_address;  // in the Cc of answers; empty: no Answer link
};

// "[TR-…] Order 7": the same for every mail about a ticket, so that it is one thread everywhere. A digest's or an
// announcement's own.
std::string EmailSubject(const handoff::Notice& notice);

// `who` gets the mail and is named in its links. REQUIRES: a notice about a ticket.
MailPage CardPage(const handoff::Notice& notice, const std::string& who, const rules::RuleBook& book,
                  const EmailLook& look, Time now);

// Each of the card's reasons with its rule's line, and which one decided.
std::vector<std::string> ReasonLines(const handoff::Card& card);

// The links of a card in the order of its actions: one click for the runner-up, and a page for what asks something.
std::vector<PageLink> CardLinks(const handoff::Card& card, const std::string& who, const EmailLook& look, Time now);

}  // namespace tr::channels
