#pragma once
// The pages behind the signed links of an e-mail card: one small form, one answer. No script; everything escaped.

#include <string>
#include <string_view>
#include <vector>

#include "channels/link_token.h"
#include "handoff/card.h"
#include "net/http_types.h"
#include "rules/book.h"
#include "ticket/ticket.h"

namespace tr::api {

// What the confirm page shows and asks.
struct ConfirmPage {
  const channels::CardLink& link;
  std::string token;
  const Ticket& ticket;
  const rules::RuleBook& book;
  std::string words;    // the customer's, which a split divides
  std::string trouble;  // why it is shown again; empty the first time
};

// Asks once more before anything happens: what, on which ticket, as whom. 200, or `status`.
net::HttpResponse AskPage(const ConfirmPage& page, int status = 200);

// Why the ticket is where it is: what fitted and what was read. `console` as below.
net::HttpResponse WhyPage(const handoff::Card& card, const Ticket& ticket, const std::string& console);

// Says what is now. `ticket` null: nothing to say of one. `console`: the ticket's address there, or empty.
net::HttpResponse TellPage(int status, std::string_view title, std::string_view text, const Ticket* ticket,
                           const std::string& console);

// The people who may act for whoever the link went to: themselves, or those of the teams whose inbox it is; sorted.
// Empty: the address is neither any more.
std::vector<std::string> MayActAs(const rules::RuleBook& book, const std::string& who);

}  // namespace tr::api
