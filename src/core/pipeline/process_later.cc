// What becomes of everything but a ticket's first landing: later messages, answers of the team, machine mail, tickets
// that ended.

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "base/text.h"
#include "pipeline/scene.h"
#include "route/decide.h"
#include "ticket/steps.h"

namespace tr::pipeline {
namespace {

// A reply leaves its ticket only when the reading is this sure of another topic, and long enough to be a matter of its
// own: "thanks, and when will it come?" belongs where it was sent.
constexpr double kSurelyAnother = 0.9;
constexpr std::size_t kWordsOfAMatter = 8;

// A chain of merges and splits longer than this is not followed: the message stays where it is.
constexpr int kMaxHops = 10;

std::string Body(const boost::json::object& body) { return boost::json::serialize(body); }

// A repeat that the duplicate gate joined here is the same matter, whatever another reader makes of it.
bool Repeats(const Message& first, const Message& message) {
  return handoff::Similarity(Squeeze(Fold(first.new_text)), Squeeze(Fold(message.new_text))) >= handoff::kSameText;
}

bool IsAnotherMatter(const Ticket& ticket, const Message& message, const Reading& reading, const rules::RuleBook& book,
                     Time now) {
  if (ticket.move == Move::kHold || reading.topic == kUnsure || reading.topic == ticket.tags.topic) return false;
  if (reading.confidence < std::max(kSurelyAnother, reading.sure_at)) return false;
  const std::string folded = Fold(message.new_text);
  if (Words(folded).size() < kWordsOfAMatter) return false;
  Ticket alone = ticket;
  alone.fixed_place = false;
  alone.fixed_topic.clear();
  return route::Decide(Ask(alone, message.new_text, &reading), book, now).tags.topic == reading.topic;
}

Message* FindMessage(std::vector<Message>& messages, int n) {
  const auto it = std::find_if(messages.begin(), messages.end(), [n](const Message& one) { return one.n == n; });
  return it == messages.end() ? nullptr : &*it;
}

}  // namespace

// Its words are nearest to the message; the first part where none shares any.
Result<std::optional<Ticket>> Process::NearestPart(const Ticket& whole, const std::string& new_text) {
  std::optional<Ticket> nearest;
  double most = 0;
  for (const Link& link : whole.links) {
    if (link.kind != "split_into") continue;
    TR_ASSIGN(store::TicketWithMessages part, ports_.tickets.GetWithMessages(link.id));
    const double near =
        part.messages.empty() ? 0 : handoff::Similarity(Fold(part.messages.front().new_text), Fold(new_text));
    if (nearest && near <= most) continue;
    most = near;
    nearest = std::move(part.ticket);
  }
  return nearest;
}

// The ticket that an ended one's messages go to now; nothing when it names none.
Result<std::optional<Ticket>> Process::FindHeir(const Scene& scene) {
  std::optional<Ticket> heir = scene.ticket;
  for (int hop = 0; hop < kMaxHops && heir; ++hop) {
    if (heir->state == State::kSplit) {
      TR_ASSIGN(heir, NearestPart(*heir, scene.message.new_text));
    } else if (heir->state == State::kMerged) {
      const auto link = std::find_if(heir->links.rbegin(), heir->links.rend(),
                                     [](const Link& one) { return one.kind == "merged_into"; });
      if (link == heir->links.rend()) return std::optional<Ticket>{};
      TR_ASSIGN(heir, ports_.tickets.Get(std::string(link->id)));
    } else {
      return heir;
    }
  }
  return std::optional<Ticket>{};
}

// A customer's later message: it may raise, never lower; a held ticket is read whole again.
Result<Process::Planned> Process::Later(Scene& scene) {
  if (scene.message.machine != Machine::kNone) return MarkHandled(scene, "machine_mail");
  const bool held = scene.ticket.move == Move::kHold && !scene.ticket.fixed_place;
  const std::string text = held ? scene.AllNewText() : scene.message.new_text;
  handoff::RaiseInput input;
  if (Result<std::optional<Reading>> reading = ReadWith(ports_.embedded, scene, text)) {
    input.reading = *std::move(reading);
  } else {
    ports_.log.Warning("reader_failed", {{"ticket", scene.ticket.id}, {"trouble", reading.fault().text}});
  }
  if (input.reading && !Repeats(scene.messages.front(), scene.message) &&
      IsAnotherMatter(scene.ticket, scene.message, *input.reading, *scene.book, scene.now)) {
    return MoveToNewTicket(scene, *input.reading);
  }
  route::Question question = Ask(scene.ticket, text, input.reading ? &*input.reading : nullptr);
  if (!held) {
    question.fixed_topic = scene.ticket.tags.topic;
    question.fixed_team = scene.ticket.team;
    question.fixed_person = scene.ticket.person;
    question.fixed_place = true;
  }
  question.automated = question.automated || scene.message.automated;
  input.decision = route::Decide(question, *scene.book, scene.now);
  input.ticket = scene.ticket;
  input.messages = scene.messages;
  input.message = scene.message.n;
  return Land(scene, handoff::PlanRaise(input, *scene.book, settings_.handoff, scene.now));
}

// The reply is about something else: a ticket of its own, linked both ways, with the reading that said so.
Process::Planned Process::MoveToNewTicket(Scene& scene, const Reading& reading) {
  Ticket fresh;
  fresh.id = ports_.ids.NewId(scene.now);
  fresh.lane = scene.ticket.lane;
  fresh.customer = scene.ticket.customer;
  fresh.subject = scene.ticket.subject;
  fresh.received_at = scene.message.at;
  fresh.touched_at = scene.now;
  fresh.messages = 1;
  fresh.links.push_back({"reply_to", scene.ticket.id});
  Ticket after = scene.ticket;
  after.links.push_back({"moved_to", fresh.id});
  after.touched_at = scene.now;
  Message moved = scene.message;
  moved.ticket = fresh.id;
  moved.n = 1;
  Message left = scene.message;
  left.state = MessageState::kHandled;
  store::Step step;
  step.messages = {std::move(moved), std::move(left)};
  step.readings.push_back({fresh.id, 1, scene.now, reading});
  step.audit.push_back({scene.ticket.id, scene.ticket.version + 1, scene.now, "router", "reply_moved",
                        Body({{"message", scene.message.n}, {"to", fresh.id}})});
  const std::string id = fresh.id;
  store::AddTicket(step, scene.ticket, std::move(after));
  store::AddTicket(step, Ticket{}, std::move(fresh));
  return Planned{{Outcome::kDone, "", {}, {}, scene.ticket.state}, std::move(step), {{id, 1}}};
}

// The team wrote to the customer: whoever wrote has the ticket now.
Result<Process::Planned> Process::TeamAnswer(Scene& scene) {
  if (scene.message.machine != Machine::kNone) return MarkHandled(scene, "machine_mail");
  if (scene.message.author == Author::kNote || !IsQueued(scene.ticket.state)) return MarkHandled(scene, "note");
  Ticket after = scene.ticket;
  after.state = State::kTaken;
  after.taken_by = scene.message.from.address;
  after.taken_at = scene.now;
  after.touched_at = scene.now;
  TR_ASSIGN(const std::vector<store::ReadingRow> readings, ports_.tickets.Readings(scene.ticket.id));
  const auto reading = readings.empty() ? std::nullopt : std::optional<Reading>(readings.back().reading);
  handoff::Landing landing = handoff::PlanMark(scene.ticket, std::move(after), scene.messages, reading, *scene.book,
                                               settings_.handoff, scene.now);
  Message handled = scene.message;
  handled.state = MessageState::kHandled;
  landing.step.messages.push_back(std::move(handled));
  landing.step.audit.push_back({scene.ticket.id, scene.ticket.version + 1, scene.now, scene.message.from.address,
                                "answered", Body({{"message", scene.message.n}})});
  return Planned{{Outcome::kDone, "", {}, std::move(landing.begun), State::kTaken}, std::move(landing.step)};
}

// The ticket ended between the gate and here: the message goes where its tickets went.
Result<Process::Planned> Process::Forward(Scene& scene) {
  TR_ASSIGN(const std::optional<Ticket> before, FindHeir(scene));
  if (!before) return MarkHandled(scene, "kept");
  const std::string heir = before->id;
  Ticket after = *before;
  Message copy = scene.message;
  copy.ticket = heir;
  copy.n = ++after.messages;
  after.text_removed = false;
  after.touched_at = scene.now;
  Message handled = scene.message;
  handled.state = MessageState::kHandled;
  const int n = copy.n;
  store::Step step;
  step.messages = {std::move(copy), std::move(handled)};
  step.audit.push_back(
      {heir, before->version + 1, scene.now, "router", "joined", Body({{"message", n}, {"from", scene.ticket.id}})});
  store::AddTicket(step, *before, std::move(after));
  store::AddTicket(step, scene.ticket, scene.ticket);  // or an erasure meanwhile would be undone
  return Planned{{Outcome::kDone, "", {}, {}, scene.ticket.state}, std::move(step), {{heir, n}}};
}

// Nothing follows from the message: it is kept and counted.
Process::Planned Process::MarkHandled(Scene& scene, const std::string& kind) {
  Ticket after = scene.ticket;
  after.touched_at = scene.now;
  Message handled = scene.message;
  handled.state = MessageState::kHandled;
  store::Step step;
  step.messages.push_back(std::move(handled));
  step.audit.push_back({after.id, after.version + 1, scene.now, "router", kind, Body({{"message", scene.message.n}})});
  store::AddTicket(step, scene.ticket, std::move(after));
  return Planned{{Outcome::kDone, "", {}, {}, scene.ticket.state}, std::move(step)};
}

Process::Planned Process::SetAside(Scene& scene, const std::string& why) {
  Ticket after = scene.ticket;
  after.state = State::kSetAside;
  after.set_aside_why = why;
  after.touched_at = scene.now;
  store::Step step;
  if (Message* message = FindMessage(scene.messages, scene.message.n)) {
    message->state = MessageState::kHandled;
    step.messages.push_back(*message);
  }
  step.audit.push_back({after.id, after.version + 1, scene.now, "router", "set_aside", Body({{"why", why}})});
  store::AddTicket(step, scene.ticket, std::move(after));
  return Planned{{Outcome::kDone, "", {}, {}, State::kSetAside}, std::move(step), {}, &counts_.set_aside};
}

}  // namespace tr::pipeline
