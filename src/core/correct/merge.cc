// Merge: this ticket ends in another one. It links, it does not move messages.

#include <utility>

#include "correct/act.h"
#include "ticket/steps.h"

namespace tr::correct {

Result<Act> DoMerge(const Scene& scene, const Merge& action, const handoff::Settings& settings,
                    store::Tickets& tickets) {
  if (action.into == scene.ticket.id) return Invalid("a ticket cannot be merged into itself");
  Result<Ticket> into = tickets.Get(action.into);
  if (!into && into.fault().kind == FaultKind::kNotFound) return Invalid("there is no ticket to merge into of this id");
  if (!into) return into.fault();
  if (!IsOpen(into->state) && into->state != State::kDone) {
    return Invalid("the ticket to merge into has ended as " + std::string(Name(into->state)) +
                   "; name the one it went to");
  }
  if (into->customer.address != scene.ticket.customer.address && !action.confirm) {
    return Invalid("the two tickets are of different customers; confirm the merge if that is meant");
  }
  Ticket after = scene.ticket;
  after.state = State::kMerged;
  after.links.push_back({"merged_into", into->id});
  Act act = Mark(scene, std::move(after), settings);
  Ticket survivor = *into;
  survivor.links.push_back({"merged_from", scene.ticket.id});
  survivor.touched_at = scene.now;
  store::AddTicket(act.landing.step, *into, std::move(survivor));
  return act;
}

}  // namespace tr::correct
