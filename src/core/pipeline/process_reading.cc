// How a reading is had: stored already, from the reader, from the embedded reader, or not at all.

#include <boost/json.hpp>

#include "pipeline/scene.h"
#include "ticket/json.h"

namespace tr::pipeline {
namespace {

// So often a reading that was paid for is brought to the store before the item goes back to the queue.
constexpr int kMaxKeeps = 3;

}  // namespace

std::string Process::Scene::AllNewText() const {
  std::string text;
  for (const Message& one : messages) {
    if (one.author != Author::kCustomer || one.machine != Machine::kNone) continue;
    if (!text.empty()) text += "\n\n";
    text += one.new_text;
  }
  return text;
}

route::Question Ask(const Ticket& ticket, const std::string& new_text, const Reading* reading) {
  route::Question question;
  question.lane = ticket.lane;
  question.from = ticket.customer.address;
  question.verification = ticket.customer.verification;
  question.subject = ticket.subject;
  question.new_text = new_text;
  question.reading = reading;
  question.automated = ticket.automated;
  question.bumped = ticket.bumped;
  question.fixed_topic = ticket.fixed_topic;
  question.fixed_team = ticket.fixed_team;
  question.fixed_person = ticket.fixed_person;
  question.fixed_place = ticket.fixed_place;
  return question;
}

Result<std::optional<Reading>> Process::ReadWith(read::Reader& reader, const Scene& scene, const std::string& text) {
  const Call call{scene.now + settings_.reader_deadline, scene.ticket.id};
  Result<Reading> reading = reader.Read({scene.ticket.lane, scene.ticket.subject, text}, *scene.book, call);
  if (!reading) return reading.fault();
  return std::optional<Reading>(*std::move(reading));
}

// A fault is returned only when trying again later may help; without any reading the rules decide alone.
Result<std::optional<Reading>> Process::ReadFirst(Scene& scene) {
  // As the gate wrote it: a ticket that was made of another, which brings a reading, has a link.
  const bool untouched = scene.ticket.version == 1 && scene.ticket.links.empty();
  if (!untouched) {
    TR_ASSIGN(const std::vector<store::ReadingRow> stored, ports_.tickets.Readings(scene.ticket.id));
    if (!stored.empty()) return std::optional<Reading>(stored.back().reading);
  }
  const std::string text = scene.AllNewText();
  Result<std::optional<Reading>> reading = ReadWith(ports_.reader, scene, text);
  const bool patient =
      scene.attempts < settings_.reader_tries && scene.now - scene.message.at < settings_.reader_patience;
  if (!reading && reading.fault().kind == FaultKind::kTransient && patient) return reading.fault();
  if (!reading) {
    ports_.log.Warning("reader_failed", {{"ticket", scene.ticket.id}, {"trouble", reading.fault().text}});
    reading = ReadWith(ports_.embedded, scene, text);
  }
  if (!reading) {
    ports_.log.Error("no_reading", {{"ticket", scene.ticket.id}, {"trouble", reading.fault().text}});
    return std::optional<Reading>{};
  }
  if (!settings_.costly_reader) return reading;
  TR_ASSIGN(Reading kept, Keep(scene, **std::move(reading)));
  return std::optional<Reading>(std::move(kept));
}

// Paid for: kept before anything else can fail, also when the store stumbles or a second message came meanwhile. The
// ticket goes on from state read. Dying before it is kept, we pay again.
Result<Reading> Process::Keep(Scene& scene, Reading reading) {
  for (int tries = 1;; ++tries) {
    Ticket after = scene.ticket;
    after.state = State::kRead;
    after.touched_at = scene.now;
    store::Step step;
    step.readings.push_back({after.id, scene.message.n, scene.now, reading});
    store::AddTicket(step, scene.ticket, std::move(after));
    const Result<void> stored = ports_.ledger.Commit(step, scene.now);
    if (stored) {
      scene.ticket = step.tickets.back().ticket;
      return reading;
    }
    const FaultKind kind = stored.fault().kind;
    if ((kind != FaultKind::kConflict && kind != FaultKind::kTransient) || tries == kMaxKeeps) return stored.fault();
    TR_ASSIGN(Scene now, Load({{scene.ticket.id, scene.message.n}, "", scene.attempts}));
    TR_ASSIGN(const std::vector<store::ReadingRow> readings, ports_.tickets.Readings(scene.ticket.id));
    const bool unread = now.ticket.state == State::kReceived && readings.empty();
    // It was kept, and only the store's answer was lost; or another worker was faster.
    const bool kept = now.ticket.state == State::kRead && !readings.empty();
    if (!(now.message == scene.message) || !(unread || kept)) return stored.fault();
    scene.ticket = std::move(now.ticket);
    scene.messages = std::move(now.messages);
    if (kept) return readings.back().reading;
  }
}

}  // namespace tr::pipeline
