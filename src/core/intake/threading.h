#pragma once
// Which ticket a message belongs to, and whether its sender may join it.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "intake/accept.h"
#include "store/ledger.h"

namespace tr::intake {

// Where a message goes: a ticket to join, or a ticket to link a new one to, or neither.
struct Thread {
  std::optional<Ticket> join;
  Author author = Author::kCustomer;  // who speaks, on that ticket
  std::optional<Link> link;           // kind "reply_to" (too old, or ended) or "stranger_reply"
  std::optional<std::string> head;    // of a chat: the ticket that its conversation is on now
};

// The unique key that stands for the ticket that a chat's conversation is on. A ticket that follows on one that is over
// moves it to itself, so that the next message finds the new one; two that would open one at a time conflict.
std::string HeadKey(const std::string& conversation);

// Asks which card is answered, then References and In-Reply-To, then the subject's tag. Follows a merged ticket to its
// survivor and a split one to the part with the nearest text. A stranger's reply and a customer's reply to a ticket
// that is over do not join; the team's answer and a note always do.
Result<Thread> FindThread(const Arrival& arrival, store::Tickets& tickets, store::Lookups& lookups,
                          Duration reopen_within, Time now);

}  // namespace tr::intake
