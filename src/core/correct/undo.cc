// Undo: takes back the latest correction while nothing later touched its result.

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "correct/act.h"
#include "ticket/json.h"
#include "ticket/steps.h"

namespace tr::correct {
namespace {

bool IsLesson(const store::Correction& row) { return row.before.empty(); }

// The latest correction of the ticket that no other took back; null when there is none. Rows that only teach (a split's
// parts) and undos themselves are not corrections that can be undone.
const store::Correction* Latest(const std::vector<store::Correction>& rows) {
  std::set<std::string> undone;
  for (const store::Correction& row : rows) {
    if (!row.undoes.empty()) undone.insert(row.undoes);
  }
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    const bool takes_back = row->kind == store::CorrectionKind::kUndo || row->kind == store::CorrectionKind::kErase;
    if (!takes_back && !IsLesson(*row) && !undone.contains(row->id)) return &*row;
  }
  return nullptr;
}

// What was before, with a new version and the present links; a link that the correction made goes with it.
Ticket Back(const Ticket& before, const Ticket& present, Time now) {
  Ticket back = before;
  back.version = present.version;
  back.messages = present.messages;
  back.touched_at = now;
  back.pinged = std::max(before.pinged, present.pinged);  // nobody is pinged twice for the same
  return back;
}

void Append(handoff::Landing& to, handoff::Landing part) {
  const auto move = [](auto& from, auto& into) {
    into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  move(part.step.tickets, to.step.tickets);
  move(part.step.entries_removed, to.step.entries_removed);
  move(part.step.deliveries, to.step.deliveries);
  move(part.begun, to.begun);
}

// The parts of an undone split end here; a part that somebody worked on stands in the way.
Result<void> EndParts(const Scene& scene, const store::Correction& split, const handoff::Settings& settings,
                      store::Tickets& tickets, Act& act) {
  for (const std::string& id : split.made) {
    TR_ASSIGN(store::TicketWithMessages whole, tickets.GetWithMessages(id));
    const Ticket& part = whole.ticket;
    if (part.state != State::kReceived && part.state != State::kRead && part.state != State::kLanded) {
      return Invalid("part " + id + " is " + std::string(Name(part.state)) + " already: undo that first");
    }
    if (part.messages > 1) return Invalid("part " + id + " has a later message of the customer");
    if (part.fixed_place || part.bumped != scene.ticket.bumped)
      return Invalid("part " + id + " was corrected since: undo that first");
    Ticket ended = part;
    ended.state = State::kMerged;
    ended.touched_at = scene.now;
    ended.links.push_back({"merged_into", scene.ticket.id});
    Append(act.landing,
           handoff::PlanMark(part, std::move(ended), whole.messages, {}, *scene.book, settings, scene.now));
    for (Message& message : whole.messages) {
      // Its words stand in the ticket that they were taken from: nobody has to bring them there.
      if (message.state == MessageState::kHandled) continue;
      message.state = MessageState::kHandled;
      act.landing.step.messages.push_back(std::move(message));
    }
  }
  return Ok();
}

// The ticket that this one was merged into forgets it.
Result<void> Unlink(const Scene& scene, store::Tickets& tickets, Act& act) {
  const auto link = std::find_if(scene.ticket.links.rbegin(), scene.ticket.links.rend(),
                                 [](const Link& one) { return one.kind == "merged_into"; });
  if (link == scene.ticket.links.rend()) return Ok();
  TR_ASSIGN(const Ticket survivor, tickets.Get(std::string(link->id)));
  Ticket alone = survivor;
  std::erase(alone.links, Link{"merged_from", scene.ticket.id});
  alone.touched_at = scene.now;
  store::AddTicket(act.landing.step, survivor, std::move(alone));
  return Ok();
}

// Back before its landing: it is worked again.
void Requeue(const Scene& scene, Act& act) {
  for (const Message& message : scene.messages) {
    if (message.n != 1) continue;
    Message again = message;
    again.state = MessageState::kReceived;
    act.landing.step.messages.push_back(std::move(again));
  }
  act.made = {scene.ticket.id};
}

// The router joined it as a duplicate and a human says that it is none: it is worked again, alone.
Result<Act> Separate(const Scene& scene) {
  Act act;
  Ticket after = scene.ticket;
  after.state = State::kReceived;
  after.touched_at = scene.now;
  for (Link& link : after.links) {
    if (link.kind == "merged_into") link.kind = "separated_from";
  }
  Requeue(scene, act);
  store::AddTicket(act.landing.step, scene.ticket, std::move(after));
  act.landing.after = act.landing.step.tickets.back().ticket;
  act.silent = true;
  return act;
}

// Five parts, their lessons and a key just fit into one step without a new timer: the clock then goes on from where it
// stood before the split.
void SpareTimer(const Scene& scene, const std::optional<Time>& waiting_since, Act& act) {
  constexpr std::size_t kOthers = 3;  // the correction, its audit row, its key
  store::Step& step = act.landing.step;
  if (store::CountItems(step) + act.lessons.size() + kOthers <= store::kMaxStepItems) return;
  const auto is_timer = [](const store::DeliveryWrite& write) {
    return write.delivery.kind == store::DeliveryKind::kTimer;
  };
  if (std::erase_if(step.deliveries, is_timer) == 0) return;
  for (store::TicketWrite& write : step.tickets) {
    if (write.ticket.id == scene.ticket.id) write.ticket.waiting_since = waiting_since;
  }
  act.landing.after.waiting_since = waiting_since;
}

}  // namespace

Result<Act> DoUndo(const Scene& scene, const handoff::Settings& settings, const CorrectPorts& ports) {
  TR_ASSIGN(const std::vector<store::Correction> rows, ports.corrections.OfTicket(scene.ticket.id));
  const store::Correction* latest = Latest(rows);
  if (latest == nullptr) {
    if (scene.ticket.state == State::kMerged) return Separate(scene);
    return Invalid("there is no correction to undo on this ticket");
  }
  if (latest->after_version != scene.ticket.version) {
    return Invalid("the ticket changed after its latest " + std::string(Name(latest->kind)) +
                   " (a message, an answer or the clock): correct it anew instead");
  }
  TR_ASSIGN(const boost::json::value json, ParseJson(latest->before));
  TR_ASSIGN(const Ticket before, TicketFromJson(json));
  Act act = Mark(scene, Back(before, scene.ticket, scene.now), settings);
  if (latest->kind == store::CorrectionKind::kSplit) TR_TRY(EndParts(scene, *latest, settings, ports.tickets, act));
  if (latest->kind == store::CorrectionKind::kMerge) TR_TRY(Unlink(scene, ports.tickets, act));
  const State state = act.landing.after.state;
  if (state == State::kReceived || state == State::kRead) Requeue(scene, act);
  act.correction.undoes = latest->id;
  act.correction.from_topic = latest->to_topic;
  act.correction.to_topic.clear();
  for (const store::Correction& row : rows) {
    if (!IsLesson(row) || row.after_version != latest->after_version || row.kind != latest->kind) continue;
    store::Correction forget;
    forget.kind = store::CorrectionKind::kUndo;
    forget.undoes = row.id;
    act.lessons.push_back(std::move(forget));
  }
  SpareTimer(scene, before.waiting_since, act);
  return act;
}

}  // namespace tr::correct
