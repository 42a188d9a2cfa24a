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
};

// Asks which card is answered, then References and In-Reply-To, then the subject's tag. Follows a merged ticket to its
// survivor and a split one to the part with the nearest text. A stranger's reply and a customer's reply to a ticket
// that is over do not join; the team's answer and a note always do.
Result<Thread> FindThread(const Arrival& arrival, store::Tickets& tickets, store::Lookups& lookups,
                          Duration reopen_within, Time now);

}  // namespace tr::intake
