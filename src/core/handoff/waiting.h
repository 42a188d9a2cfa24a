#pragma once
// Taken or moved on: a ticket that hurries or is held and that nobody takes is called out, to the team's lead, then to
// its manager, then to triage. A call names people; it never routes the ticket.
//
// The truth stands in the ticket (waiting_since) and in the book in force. A timer is a row of the outbox that says
// only when to look again: whatever was taken, moved or edited meanwhile is seen when it fires.

#include <optional>
#include <string>

#include "handoff/plan.h"
#include "rules/book.h"

namespace tr::handoff {

// Whether somebody has to take the ticket in time: it stands untaken in its queue, above normal or held (a dead letter
// in triage too), and a person wrote it (doubtful mail never pings).
bool MustBeTaken(const Ticket& ticket);

// When call number `call` (1 the lead, 2 the manager, 3 triage) is due by this book: so often the team's Take within
// after waiting_since; of a held ticket 1 and 2 only, by the Hold limits. Working time of the team whose queue it is.
// Nothing: there is no such call, or the ticket does not wait.
std::optional<Time> CallDue(const Ticket& ticket, const rules::RuleBook& book, int call);

// How many calls are due at `now`: 0 to 3.
int CallsDue(const Ticket& ticket, const rules::RuleBook& book, Time now);

// Sets after.waiting_since; where a wait begins with this step (landed, given back, moved to another team, risen above
// normal) its first timer is added. Call before AddTicket.
void StartClock(Landing& landing, const Ticket& before, Ticket& after, const rules::RuleBook& book, Time now);

// Why a ping or a timer is not needed any more, for the receipt; empty: it is.
std::string WhyMoot(const Ticket& ticket, const store::Delivery& row);

// What a timer does that is due: closes itself, or waits on (the book changed, or the team is out), or makes its call
// (a ping row, the next timer, an audit row). One step; it does not touch the ticket, so that nobody's click conflicts
// with a clock. `made`: whether it calls.
struct CallPlan {
  store::Step step;
  bool made = false;
};
CallPlan PlanCall(const Ticket& ticket, store::Delivery timer, const rules::RuleBook& book, const Settings& settings,
                  Time now);

// The timer that a waiting ticket lacks by this book, because an earlier book gave it no time, or more. It has the
// whole time of its next call from now on: many that are late already must not ring together. `rows`: the ticket's
// deliveries.
std::optional<store::DeliveryWrite> MissingTimer(const Ticket& ticket, const std::vector<store::Delivery>& rows,
                                                 const rules::RuleBook& book, Time now);

}  // namespace tr::handoff
