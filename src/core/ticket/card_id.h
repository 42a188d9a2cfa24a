#pragma once
// The Message-IDs of the mails that show a ticket to its team. They name the ticket, so that a reply to a card is known
// for one without asking a store, and nobody who has not seen one can make one.

#include <optional>
#include <string>
#include <string_view>

#include "base/redact.h"

namespace tr {

// "TICKET.HASH.MAC@domain" without angle brackets: the same delivery has the same. REQUIRES: `ticket` is a ULID.
std::string MakeCardId(const Secret& key, std::string_view ticket, std::string_view delivery, std::string_view domain);

// The id that every mail about the ticket names as the first of its References: mail programs show them as one thread.
std::string MakeThreadId(const Secret& key, std::string_view ticket, std::string_view domain);

// The ticket of a Message-ID that was made here with this key, whatever its domain; nothing for any other.
std::optional<std::string> TicketOfCardId(const Secret& key, std::string_view message_id);

}  // namespace tr
