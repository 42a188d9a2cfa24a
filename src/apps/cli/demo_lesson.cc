#include "cli/demo_lesson.h"

namespace tr::cli {

bool Lesson::Notice(const Sample& sample, const Fed& fed, Moment now) {
  const rules::RuleBookPtr book = app_.rules().book();
  const rules::Topic* topic = sample.teaches.empty() ? nullptr : book->FindTopic(sample.teaches);
  if (topic == nullptr || fed.ticket.move == Move::kHold || fed.ticket.tags.topic == topic->name) return false;
  const rules::Team* home = book->TeamOf(topic->place.person);
  team_ = topic->place.team.empty() && home != nullptr ? home->name : topic->place.team;
  if (fed.ticket.team == team_) return false;
  ticket_ = fed.ticket.id;
  topic_ = topic->name;
  customer_ = fed.ticket.customer.name;
  since_ = now;
  return true;
}

Result<bool> Lesson::Correct() {
  TR_ASSIGN(const Ticket ticket, app_.ports().tickets.Get(ticket_));
  const bool by_another = ticket.tags.topic == topic_;
  if (!by_another) {
    TR_ASSIGN(correct::Corrected corrected,
              app_.correct().Apply({ticket_, ticket.version, "", "admin", correct::Reassign{topic_, "", ""}}));
    app_.Deliver(std::move(corrected.begun));
  }
  corrected_ = true;
  return by_another;
}

}  // namespace tr::cli
