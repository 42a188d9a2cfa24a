#include "correct/act.h"

#include <utility>

#include "base/redact.h"
#include "base/seen_text.h"
#include "base/text.h"
#include "route/decide.h"
#include "ticket/steps.h"

namespace tr::correct {
namespace {

// An example of this length teaches what the whole would.
constexpr std::size_t kMaxLesson = 4000;

route::Question Ask(const Scene& scene, const Ticket& after) {
  route::Question question;
  question.lane = after.lane;
  question.from = after.customer.address;
  question.verification = after.customer.verification;
  question.subject = after.subject;
  for (const Message& message : scene.messages) {
    if (message.author == Author::kCustomer) question.new_text += message.new_text + "\n\n";
  }
  question.reading = scene.reading ? &*scene.reading : nullptr;
  question.automated = after.automated;
  question.bumped = after.bumped;
  question.fixed_topic = after.fixed_topic;
  question.fixed_team = after.fixed_team;
  question.fixed_person = after.fixed_person;
  question.fixed_place = after.fixed_place;
  return question;
}

// The cards say who changed what they show.
void Sign(handoff::Landing& landing, const std::string& by) {
  for (handoff::Outgoing& outgoing : landing.begun) outgoing.card.changed_by = by;
}

}  // namespace

Act Redecide(const Scene& scene, Ticket after, const handoff::Settings& settings) {
  handoff::ChangeInput input;
  input.before = scene.ticket;
  input.decision = route::Decide(Ask(scene, after), *scene.book, scene.now);
  input.after = std::move(after);
  input.messages = scene.messages;
  input.reading = scene.reading;
  input.actor = scene.command.by;
  input.head = scene.head;
  Act act;
  act.landing = handoff::PlanChange(input, *scene.book, settings, scene.now);
  Sign(act.landing, scene.command.by);
  return act;
}

Act Mark(const Scene& scene, Ticket after, const handoff::Settings& settings) {
  after.touched_at = scene.now;
  Act act;
  act.landing = handoff::PlanMark(scene.ticket, std::move(after), scene.messages, scene.reading, *scene.book, settings,
                                  scene.now);
  Sign(act.landing, scene.command.by);
  return act;
}

std::string LessonText(std::string_view text) { return RedactText(SeenText(text)); }

std::string LessonOf(const Ticket& ticket, const std::vector<Message>& messages) {
  std::string text = ticket.subject;
  for (const Message& message : messages) {
    if (message.author != Author::kCustomer) continue;
    text += "\n" + message.new_text;
    break;
  }
  return CutText(LessonText(text), kMaxLesson);
}

}  // namespace tr::correct
