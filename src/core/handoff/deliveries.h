#pragma once
// The outbox rows that a step begins or leaves for later. Internal to handoff/.

#include "handoff/plan.h"

namespace tr::handoff {

// Adds a row whose try begins with the step: it is also put into landing.begun, with the card it shows.
void Begin(Landing& landing, store::Delivery delivery, const Card& card, Time now);

// Adds the decision's ping, unless the ticket has pinged as loudly before; sets after.pinged. Call before AddTicket.
// A ping that is due now begins with the step.
void AddPing(Landing& landing, Ticket& after, const Decision& decision, const std::string& channel, const Card& card,
             Time now);

// The ticket's card in its team's channel.
store::Delivery NewCard(const Ticket& ticket, const std::string& channel);

// A customer's later message, under the card.
store::Delivery ThreadPost(const Ticket& ticket, const std::string& channel, int message);

// The card as it is now, in `channel`.
store::Delivery CardUpdateRow(const Ticket& ticket, const std::string& channel);

}  // namespace tr::handoff
