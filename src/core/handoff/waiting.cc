#include "handoff/waiting.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "rules/call.h"
#include "rules/hours.h"

namespace tr::handoff {
namespace {

using std::chrono::minutes;

constexpr int kLead = 1;
constexpr int kManager = 2;
constexpr int kTriage = 3;

// A call that came later than this slept: its machine was off, or its team out.
constexpr minutes kSlept{1};

// Timers wait for no channel's turn: they stand under one of their own.
constexpr const char* kTimerChannel = "clock:";

bool IsHeld(const Ticket& ticket) { return ticket.move == Move::kHold; }

bool IsUnlanded(const Ticket& ticket) { return ticket.state == State::kReceived || ticket.state == State::kRead; }

const rules::Team& TeamNamed(const rules::RuleBook& book, const std::string& name) {
  static const rules::Team kNobody;
  const rules::Team* team = book.FindTeam(name);
  return team != nullptr ? *team : kNobody;
}

// The team whose hours count.
const rules::Team& OwnTeam(const Ticket& ticket, const rules::RuleBook& book) {
  return TeamNamed(book, IsHeld(ticket) ? book.triage : ticket.team);
}

// The team that call number `call` goes to.
const rules::Team& CalledTeam(const Ticket& ticket, const rules::RuleBook& book, int call) {
  return call == kTriage ? TeamNamed(book, book.triage) : OwnTeam(ticket, book);
}

// The working time from the beginning of the wait to a call.
std::optional<minutes> SpanOf(const Ticket& ticket, const rules::RuleBook& book, int call) {
  if (call < kLead || call > kTriage) return std::nullopt;
  if (IsHeld(ticket)) {
    const rules::HoldLimits& limits = book.hold_limits;
    if (call == kTriage) return std::nullopt;  // it stands there already
    return call == kLead ? limits.ping_lead_after : std::max(limits.ping_lead_after, limits.ping_manager_after);
  }
  const rules::Team& team = OwnTeam(ticket, book);
  if (!team.take_within || (call == kTriage && team.name == book.triage)) return std::nullopt;
  return *team.take_within * call;
}

std::string RowId(const Ticket& ticket, const char* kind, int call) {
  const std::int64_t since = ticket.waiting_since ? ToMillis(*ticket.waiting_since) : 0;
  return ticket.id + "#" + kind + "#" + std::to_string(since) + "#" + std::to_string(call);
}

store::Delivery TimerRow(const Ticket& ticket, int call, Time due, Time now) {
  store::Delivery row;
  row.id = RowId(ticket, "timer", call);
  row.ticket = ticket.id;
  row.kind = store::DeliveryKind::kTimer;
  row.team = ticket.team;
  row.channel = kTimerChannel;
  row.message = call;
  row.due_at = due;
  row.changed_at = now;
  return row;
}

void AddTimer(store::Step& step, const Ticket& ticket, int call, Time due, Time now) {
  step.deliveries.push_back({std::nullopt, TimerRow(ticket, call, due, now)});
}

// When a call is due that waits its whole time from `now` on, or from the beginning of the wait if that is later.
std::optional<Time> CallDueFrom(const Ticket& ticket, const rules::RuleBook& book, int call, Time now) {
  const std::optional<Time> due = CallDue(ticket, book, call);
  if (!due) return std::nullopt;
  const minutes gap = *SpanOf(ticket, book, call) - SpanOf(ticket, book, call - 1).value_or(minutes(0));
  return std::max(*due, rules::AddWorkingTime(book, OwnTeam(ticket, book), now, gap));
}

// After a call that slept the next one waits its whole time all the same: three at once help nobody.
void AddNextTimer(store::Step& step, const Ticket& ticket, const rules::RuleBook& book, int call, Time now) {
  const bool slept = now - *CallDue(ticket, book, call) > kSlept;
  const std::optional<Time> due = slept ? CallDueFrom(ticket, book, call + 1, now) : CallDue(ticket, book, call + 1);
  if (due) AddTimer(step, ticket, call + 1, *due, now);
}

store::Delivery CallPing(const Ticket& ticket, const rules::Team& team, const rules::Called& called, int call,
                         const rules::RuleBook& book, const Settings& settings, Time now) {
  store::Delivery row;
  row.id = RowId(ticket, "call", call);
  row.ticket = ticket.id;
  row.kind = store::DeliveryKind::kPing;
  row.team = team.name.empty() ? book.triage : team.name;
  row.channel = ChannelOf(book, row.team, 0, settings.channels);
  row.person = called.person;
  row.role = called.role;
  row.message = call;
  row.text = "Nobody has taken this ticket since " + rules::FormatLocalTime(team, *ticket.waiting_since) + " (" +
             team.time_zone + ").";
  row.due_at = now;
  row.changed_at = now;
  return row;
}

store::AuditRow CallRow(const Ticket& ticket, const store::Delivery& ping, Time now) {
  const boost::json::object body{{"call", ping.message},
                                 {"team", ping.team},
                                 {"person", ping.person},
                                 {"role", ping.role},
                                 {"since", FormatTime(*ticket.waiting_since)}};
  return {ticket.id, ticket.version, now, "router", "untaken", boost::json::serialize(body)};
}

}  // namespace

bool MustBeTaken(const Ticket& ticket) {
  const bool waits = ticket.state == State::kLanded || (ticket.dead_lettered && IsUnlanded(ticket));
  return waits && !ticket.automated && (ticket.rank != Rank::kNormal || IsHeld(ticket));
}

std::optional<Time> CallDue(const Ticket& ticket, const rules::RuleBook& book, int call) {
  if (!MustBeTaken(ticket) || !ticket.waiting_since) return std::nullopt;
  const std::optional<minutes> span = SpanOf(ticket, book, call);
  if (!span) return std::nullopt;
  return rules::AddWorkingTime(book, OwnTeam(ticket, book), *ticket.waiting_since, *span);
}

int CallsDue(const Ticket& ticket, const rules::RuleBook& book, Time now) {
  int calls = 0;
  for (int call = kLead; call <= kTriage; ++call) {
    const std::optional<Time> due = CallDue(ticket, book, call);
    if (due && *due <= now) calls = call;
  }
  return calls;
}

void StartClock(Landing& landing, const Ticket& before, Ticket& after, const rules::RuleBook& book, Time now) {
  if (!MustBeTaken(after)) return after.waiting_since.reset();
  const bool goes_on =
      MustBeTaken(before) && before.waiting_since && before.team == after.team && IsHeld(before) == IsHeld(after);
  after.waiting_since = goes_on ? before.waiting_since : now;
  if (goes_on) return;
  if (const std::optional<Time> due = CallDue(after, book, kLead)) AddTimer(landing.step, after, kLead, *due, now);
}

std::string WhyMoot(const Ticket& ticket, const store::Delivery& row) {
  const bool first_ping = row.kind == store::DeliveryKind::kPing && row.message == 0;
  if (row.kind != store::DeliveryKind::kPing && row.kind != store::DeliveryKind::kTimer) return "";
  const bool is_over = ticket.state != State::kLanded && !(IsUnlanded(ticket) && (first_ping || ticket.dead_lettered));
  if (is_over) return "not needed: the ticket was " + std::string(Name(ticket.state));
  if (first_ping) return "";
  if (!MustBeTaken(ticket)) return "not needed: the ticket hurries no more";
  const char* kind = row.kind == store::DeliveryKind::kTimer ? "timer" : "call";
  return row.id == RowId(ticket, kind, row.message) ? "" : "not needed: the clock began anew";
}

std::optional<store::DeliveryWrite> MissingTimer(const Ticket& ticket, const std::vector<store::Delivery>& rows,
                                                 const rules::RuleBook& book, Time now) {
  if (!MustBeTaken(ticket) || !ticket.waiting_since) return std::nullopt;
  const store::Delivery* latest = nullptr;
  for (const store::Delivery& row : rows) {
    const bool counts = row.kind == store::DeliveryKind::kTimer && row.id == RowId(ticket, "timer", row.message);
    if (counts && (latest == nullptr || row.message > latest->message)) latest = &row;
  }
  // What closed itself without a call had no time by an earlier book: it is asked again.
  const bool rang = latest != nullptr && latest->state != store::DeliveryState::kPending && latest->trouble.empty();
  const int call = latest == nullptr ? kLead : latest->message + (rang ? 1 : 0);
  const std::optional<Time> due = CallDueFrom(ticket, book, call, now);
  if (!due) return std::nullopt;
  if (latest == nullptr || rang) return store::DeliveryWrite{std::nullopt, TimerRow(ticket, call, *due, now)};
  if (latest->state == store::DeliveryState::kPending && latest->due_at <= *due) return std::nullopt;
  store::Delivery row = TimerRow(ticket, call, *due, now);
  row.attempts = latest->attempts + 1;
  return store::DeliveryWrite{latest->attempts, std::move(row)};
}

CallPlan PlanCall(const Ticket& ticket, store::Delivery timer, const rules::RuleBook& book, const Settings& settings,
                  Time now) {
  CallPlan plan;
  const int attempts = timer.attempts++;
  const int call = timer.message;
  timer.changed_at = now;
  timer.trouble = WhyMoot(ticket, timer);
  const std::optional<Time> due = timer.trouble.empty() ? CallDue(ticket, book, call) : std::nullopt;
  if (!due && timer.trouble.empty()) timer.trouble = "not needed: the rules set no time any more";
  const rules::Team& team = CalledTeam(ticket, book, call);
  // A held ticket of no hurry waits for the team's hours as priority does.
  const Rank rank = std::max(ticket.rank, Rank::kPriority);
  const Time at = due ? rules::CallTime(book, team, rank, std::max(*due, now)) : now;
  if (at > now) {
    timer.due_at = at;
    plan.step.deliveries.push_back({attempts, std::move(timer)});
    return plan;
  }
  timer.state = store::DeliveryState::kDelivered;
  plan.step.deliveries.push_back({attempts, std::move(timer)});
  if (!due) return plan;
  const rules::Called called = rules::WhoIsCalled(book, team, call == kManager, now);
  store::Delivery ping = CallPing(ticket, team, called, call, book, settings, now);
  plan.step.audit.push_back(CallRow(ticket, ping, now));
  plan.step.deliveries.push_back({std::nullopt, std::move(ping)});
  AddNextTimer(plan.step, ticket, book, call, now);
  plan.made = true;
  return plan;
}

}  // namespace tr::handoff
