#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "base/hash.h"
#include "correct/act.h"
#include "ticket/json.h"

namespace tr::correct {
namespace {

// A double click comes within minutes; a key is remembered for a day all the same.
constexpr Duration kActKeyLife = std::chrono::hours(24);

std::string ActKey(const Command& command) {
  return "act:" + ToHex(HashFields({command.ticket, command.idempotency_key}));
}

// The latest reading; later messages never lower what earlier ones said.
std::optional<Reading> WholeReading(const std::vector<store::ReadingRow>& rows) {
  if (rows.empty()) return std::nullopt;
  Reading whole = rows.back().reading;
  for (const store::ReadingRow& row : rows) {
    whole.urgency = std::max(whole.urgency, row.reading.urgency);
    whole.tone = std::max(whole.tone, row.reading.tone);
    whole.signals = whole.signals | row.reading.signals;
  }
  return whole;
}

boost::json::object Summary(const Ticket& ticket) {
  return {{"state", Name(ticket.state)},
          {"move", Name(ticket.move)},
          {"rank", Name(ticket.rank)},
          {"team", ticket.team},
          {"person", ticket.person},
          {"topic", ticket.tags.topic},
          {"urgency", Name(ticket.tags.urgency)},
          {"taken_by", ticket.taken_by}};
}

Result<void> CheckAllowed(const Ticket& ticket, store::CorrectionKind kind) {
  const std::vector<std::string> allowed = handoff::AvailableActions(ticket);
  if (std::find(allowed.begin(), allowed.end(), Name(kind)) != allowed.end()) return Ok();
  std::string names;
  for (const std::string& name : allowed) names += (names.empty() ? "" : ", ") + name;
  return Invalid("a ticket that is " + std::string(Name(ticket.state)) + " cannot be changed by " +
                 std::string(Name(kind)) + "; it can by: " + names);
}

Result<Act> Perform(const Scene& scene, const handoff::Settings& settings, const CorrectPorts& ports) {
  const Action& action = scene.command.action;
  switch (KindOf(action)) {
    case store::CorrectionKind::kReassign: return DoReassign(scene, std::get<Reassign>(action), settings);
    case store::CorrectionKind::kBump: return DoBump(scene, std::get<Bump>(action), settings);
    case store::CorrectionKind::kSplit: return DoSplit(scene, std::get<Split>(action), settings, ports.ids);
    case store::CorrectionKind::kMerge: return DoMerge(scene, std::get<Merge>(action), settings, ports.tickets);
    case store::CorrectionKind::kTake: return DoTake(scene, settings);
    case store::CorrectionKind::kRelease: return DoRelease(scene, settings);
    case store::CorrectionKind::kDone: return DoDone(scene, settings);
    case store::CorrectionKind::kUndo: return DoUndo(scene, settings, ports);
    case store::CorrectionKind::kRestore: return DoRestore(scene);
    case store::CorrectionKind::kErase: return Bug("erase is no action of a human");
  }
  return Bug("an action of no kind");
}

// The rows that say who did what, and what it teaches.
void Record(const Scene& scene, Act& act, IdSource& ids) {
  const Ticket& after = act.landing.after;
  const store::CorrectionKind kind = KindOf(scene.command.action);
  const auto fill = [&](store::Correction row, store::CorrectionKind as) {
    row.id = ids.NewId(scene.now);
    row.kind = as;
    row.ticket = scene.ticket.id;
    row.by = scene.command.by;
    row.at = scene.now;
    row.after_version = after.version;
    return row;
  };
  store::Step& step = act.landing.step;
  if (!act.silent) {
    store::Correction row = fill(act.correction, kind);
    if (row.from_topic.empty()) row.from_topic = scene.ticket.tags.topic;
    row.from_team = scene.ticket.team;
    row.to_team = after.team;
    row.before = boost::json::serialize(ToJson(scene.ticket));
    row.made = kind == store::CorrectionKind::kSplit ? act.made : std::vector<std::string>{};
    step.corrections.push_back(std::move(row));
  }
  for (const store::Correction& lesson : act.lessons) step.corrections.push_back(fill(lesson, kind));
  const boost::json::object body{{"before", Summary(scene.ticket)}, {"after", Summary(after)}};
  step.audit.push_back({scene.ticket.id, after.version, scene.now, scene.command.by, std::string(Name(kind)),
                        boost::json::serialize(body)});
  if (!scene.command.idempotency_key.empty()) {
    step.keys.push_back({ActKey(scene.command), scene.ticket.id, scene.now + kActKeyLife});
  }
}

}  // namespace

store::CorrectionKind KindOf(const Action& action) {
  constexpr store::CorrectionKind kKinds[] = {
      store::CorrectionKind::kReassign, store::CorrectionKind::kBump, store::CorrectionKind::kSplit,
      store::CorrectionKind::kMerge,    store::CorrectionKind::kTake, store::CorrectionKind::kRelease,
      store::CorrectionKind::kDone,     store::CorrectionKind::kUndo, store::CorrectionKind::kRestore};
  return kKinds[action.index()];
}

Correct::Correct(CorrectPorts ports, handoff::Settings settings, std::function<rules::RuleBookPtr()> book)
    : ports_(ports), settings_(std::move(settings)), book_(std::move(book)) {}

Result<Corrected> Correct::Apply(const Command& command) {
  Scene scene;
  scene.command = command;
  scene.now = ports_.clock.Now();
  scene.book = book_();
  if (scene.book == nullptr) return Transient("there is no rule book in force yet");
  TR_ASSIGN(store::TicketWithMessages whole, ports_.tickets.GetWithMessages(command.ticket));
  scene.ticket = std::move(whole.ticket);
  scene.messages = std::move(whole.messages);
  if (!command.idempotency_key.empty()) {
    TR_ASSIGN(const std::optional<std::string> known, ports_.lookups.ByKey(ActKey(command), scene.now));
    if (known) return Corrected{scene.ticket, {}, {}};
  }
  if (command.version != scene.ticket.version) {
    return Conflict("the ticket changed meanwhile: it has version " + std::to_string(scene.ticket.version));
  }
  TR_TRY(CheckAllowed(scene.ticket, KindOf(command.action)));
  if (!scene.ticket.landed_at && !scene.ticket.customer.address.empty()) {
    TR_ASSIGN(scene.head, ports_.lookups.ByKey(handoff::LandingKey(scene.ticket.customer.address), scene.now));
  }
  TR_ASSIGN(const std::vector<store::ReadingRow> readings, ports_.tickets.Readings(command.ticket));
  scene.reading = WholeReading(readings);
  TR_ASSIGN(Act act, Perform(scene, settings_, ports_));
  Record(scene, act, ports_.ids);
  TR_TRY(ports_.ledger.Commit(act.landing.step, scene.now));
  // Dying from here on leaves received messages that are not queued: the sweeper finds them. So does a queue that does
  // not answer: the correction itself is done.
  for (const std::string& id : act.made) {
    if (const Result<void> sent = ports_.queue.Send({id, 1}, Duration(0)); !sent) {
      ports_.log.Warning("not_queued", {{"ticket", id}, {"trouble", sent.fault().text}});
    }
  }
  return Corrected{std::move(act.landing.after), std::move(act.landing.begun), std::move(act.made)};
}

}  // namespace tr::correct
