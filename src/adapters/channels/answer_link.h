#pragma once
// The Answer link of a card: answering is done in the team's own mail.

#include <string>

#include "handoff/card.h"

namespace tr::channels {

// A mailto: URL (RFC 6068) to the customer with the subject and its [TR-…] tag, In-Reply-To the latest message that
// came by mail, and `intake_address` in Cc, so that the answer is seen here. Everything is percent-encoded. Empty
// without an intake address, and for a customer whose address is not one plain address: a mail program might read it as
// several. A subject is cut to 200 bytes.
std::string AnswerLink(const handoff::Card& card, const std::string& intake_address);

}  // namespace tr::channels
