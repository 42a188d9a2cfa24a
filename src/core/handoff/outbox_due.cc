// What is looked at anew when a row comes due: timers, and pings that waited.

#include "handoff/outbox.h"
#include "handoff/waiting.h"
#include "rules/call.h"

namespace tr::handoff {

// A first ping that waited for its hours, while the ticket went to another team: that team's lead or manager is named.
void Outbox::Redirect(store::Delivery& ping, const Ticket& ticket) const {
  const rules::RuleBookPtr book = book_();
  if (ping.message != 0 || ping.team == ticket.team || book == nullptr) return;
  const rules::Team* team = book->FindTeam(ticket.team);
  if (team == nullptr) return;
  const bool manager_first = ticket.rank == Rank::kEscalate && ticket.move != Move::kHold;
  const rules::Called called = rules::WhoIsCalled(*book, *team, manager_first, ports_.clock.Now());
  ping.team = team->name;
  ping.channel = ChannelOf(*book, team->name, 0, settings_.channels);
  ping.fallback = 0;
  ping.person = called.person;
  ping.role = called.role;
}

// Dying before the commit leaves the timer due; after it the ping stands as a row of its own.
void Outbox::Ring(const store::Delivery& timer) {
  const rules::RuleBookPtr book = book_();
  if (book == nullptr) return;
  const Result<Ticket> ticket = ports_.tickets.Get(timer.ticket);
  const Time now = ports_.clock.Now();
  CallPlan plan;
  if (ticket) plan = PlanCall(*ticket, timer, *book, settings_, now);
  const Result<void> rung = ticket ? ports_.ledger.Commit(plan.step, now) : Result<void>(ticket.fault());
  if (rung && plan.made) ++counts_.calls;
  if (!rung) ports_.log.Warning("timer_not_rung", {{"delivery", timer.id}, {"trouble", rung.fault().text}});
}

}  // namespace tr::handoff
