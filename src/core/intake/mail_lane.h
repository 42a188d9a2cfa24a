#pragma once
// The mail lane: from raw RFC 5322 bytes to an Arrival.

#include <string>
#include <string_view>
#include <vector>

#include "base/redact.h"
#include "base/result.h"
#include "intake/accept.h"
#include "intake/automatic.h"
#include "rules/book.h"

namespace tr::intake {

// What an installation says about its mail.
struct MailSettings {
  OwnMail own;                               // our addresses and marks
  std::vector<std::string> own_domains;      // "shop.example": mail From there with a Reply-To is a customer's
  std::vector<std::string> form_senders;     // addresses of form mailers: their Reply-To is the customer
  std::vector<std::string> trusted_servers;  // authserv-ids whose Authentication-Results count (RFC 8601)
  bool trust_spam_headers = false;           // our own server wrote the spam and virus verdicts
  Secret card_key{};  // signs the Message-IDs of our own cards; empty: replies to cards are not known for such
};

// `book` may be null (no rules yet): then nobody is known as a team's person.
// kInvalid: more than kMaxMailBytes. Nothing else fails: what is no mail becomes a ticket without a sender.
Result<Arrival> ReadMail(std::string raw, const MailSettings& settings, const rules::RuleBook* book);

}  // namespace tr::intake
