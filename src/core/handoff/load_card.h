#pragma once
// A ticket's card as the store has it now.

#include <string>
#include <vector>

#include "handoff/card.h"
#include "store/ledger.h"

namespace tr::handoff {

// `base_url` as BuildCard. Faults: the store's.
Result<Card> LoadCard(const Ticket& ticket, store::Tickets& tickets, store::Audit& audit, const std::string& base_url);

// The latest decision's reasons in a ticket's audit; empty when there is none.
std::vector<Reason> LatestReasons(const std::vector<store::AuditRow>& audit);

}  // namespace tr::handoff
