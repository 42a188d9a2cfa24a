#pragma once
// A step with a row of every kind, each with no field left at its default.

#include <tuple>

#include "store/step.h"

namespace tr::contract {

// Everything in a row, to be compared.
inline auto Fields(const store::Correction& c) {
  return std::tie(c.id, c.kind, c.ticket, c.by, c.at, c.undoes, c.from_topic, c.to_topic, c.from_team, c.to_team,
                  c.reason, c.redacted_text, c.before, c.after_version, c.made);
}
inline auto Fields(const store::AuditRow& r) { return std::tie(r.ticket, r.version, r.at, r.actor, r.kind, r.body); }
inline auto Fields(const store::ReadingRow& r) { return std::tie(r.ticket, r.message, r.at, r.reading); }

// A ticket that stands in Billing's queue on top.
Ticket FullTicket(const std::string& id, Time at);
// The ticket's third message, from the team.
Message FullMessage(const Ticket& ticket);
Reading FullReading();

// For the new ticket; its keys "message:ID" and "ID@mail" live for an hour.
store::Step FullStep(const Ticket& ticket, Time at);

}  // namespace tr::contract
