// Take, release, done, restore: whose it is, and whether it is over.

#include <utility>

#include "correct/act.h"
#include "ticket/steps.h"

namespace tr::correct {

Result<Act> DoTake(const Scene& scene, const handoff::Settings& settings) {
  Ticket after = scene.ticket;
  after.state = State::kTaken;
  after.taken_by = scene.command.by;
  after.taken_at = scene.now;
  return Mark(scene, std::move(after), settings);
}

Result<Act> DoRelease(const Scene& scene, const handoff::Settings& settings) {
  Ticket after = scene.ticket;
  after.state = State::kLanded;
  after.taken_by.clear();
  after.taken_at.reset();
  after.done_at.reset();
  return Mark(scene, std::move(after), settings);
}

Result<Act> DoDone(const Scene& scene, const handoff::Settings& settings) {
  Ticket after = scene.ticket;
  after.state = State::kDone;
  after.done_at = scene.now;
  return Mark(scene, std::move(after), settings);
}

Result<Act> DoRestore(const Scene& scene) {
  Act act;
  Ticket after = scene.ticket;
  after.state = State::kReceived;
  after.touched_at = scene.now;
  for (const Message& message : scene.messages) {
    if (message.author != Author::kCustomer || act.landing.step.messages.size() == 10) continue;
    Message again = message;
    again.state = MessageState::kReceived;
    // A human says that a person wrote it.
    again.machine = Machine::kNone;
    act.landing.step.messages.push_back(std::move(again));
  }
  store::AddTicket(act.landing.step, scene.ticket, std::move(after));
  act.landing.after = act.landing.step.tickets.back().ticket;
  act.made = {scene.ticket.id};
  return act;
}

}  // namespace tr::correct
