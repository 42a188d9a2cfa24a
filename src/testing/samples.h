#pragma once
// Rows that are right in every field, for a test to change the one that it is about.

#include <string>

#include "store/step.h"
#include "ticket/ticket.h"

namespace tr::testing {

// The nth id that a CountingIds would give at the time: valid, and ascending with `at`, then `n`.
std::string SampleId(Time at, int n);

// Version 0: not stored yet. Received by mail from ada@customer.example, about "Parcel".
Ticket SampleTicket(const std::string& id, Time received_at);

// The same, landed in the team's queue.
Ticket LandedTicket(const std::string& id, Time received_at, const std::string& team, Rank rank = Rank::kNormal);

// The customer's nth message on the ticket, not handled yet.
Message SampleMessage(const Ticket& ticket, int n = 1);

// A step that stores the new ticket with its first message and an audit row, as the gate does.
store::Step StepOfNew(const Ticket& ticket);

// A card that waits to be posted to "fake:#TEAM" since `due_at`.
store::Delivery SampleDelivery(const Ticket& ticket, Time due_at);

// A reassign from "order status" to "refund" that teaches "parcel is late".
store::Correction SampleCorrection(const std::string& id, const Ticket& ticket, Time at);

}  // namespace tr::testing
