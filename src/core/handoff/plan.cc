#include "handoff/plan.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "base/hash.h"
#include "handoff/deliveries.h"
#include "handoff/waiting.h"
#include "ticket/json.h"
#include "ticket/steps.h"

namespace tr::handoff {
namespace {

// So many messages of one ticket are handled by one step: what is left over is handled as later messages.
constexpr std::size_t kMaxMessages = 10;

// Longer than any duplicate window.
constexpr Duration kLandingKeyLife = std::chrono::days(30);

void HandleMessages(store::Step& step, const std::vector<Message>& messages) {
  std::size_t handled = 0;
  for (Message message : messages) {
    if (message.state == MessageState::kHandled || handled == kMaxMessages) continue;
    message.state = MessageState::kHandled;
    step.messages.push_back(std::move(message));
    ++handled;
  }
}

void AddReading(store::Step& step, const std::string& ticket, int message, const std::optional<Reading>& reading,
                Time now) {
  if (reading) step.readings.push_back({ticket, message, now, *reading});
}

// A reading that cost money was kept before the landing, with the ticket in state read.
void AddFirstReading(store::Step& step, const Ticket& before, const std::optional<Reading>& reading, Time now) {
  if (before.state != State::kRead) AddReading(step, before.id, 1, reading, now);
}

// A customer's landings stand in a row by this key.
void AddLandingKey(store::Step& step, const Ticket& after, const std::optional<std::string>& head, Time now) {
  if (after.customer.address.empty()) return;
  step.keys.push_back({LandingKey(after.customer.address), after.id, now + kLandingKeyLife, head});
}

Move MoveOf(Rank rank) {
  switch (rank) {
    case Rank::kNormal: return Move::kRoute;
    case Rank::kPriority: return Move::kPriority;
    case Rank::kEscalate: return Move::kEscalate;
  }
  return Move::kRoute;
}

// The card shows the ticket as the step leaves it.
Card AfterStep(Card card, const Ticket& before) {
  card.version = before.version + 1;
  return card;
}

const Reading* Pointer(const std::optional<Reading>& reading) { return reading ? &*reading : nullptr; }

Ticket Placed(const Ticket& ticket, const Decision& decision, const TeamGate& place, Time now) {
  Ticket after = ticket;
  after.move = decision.move;
  after.rank = decision.rank;
  after.team = place.team;
  after.person = place.person;
  after.tags = decision.tags;
  after.touched_at = now;
  after.dead_lettered = false;
  return after;
}

// The ticket repeats a landed one: its messages go there, it ends here.
Landing PlanJoin(const LandingInput& input, const DuplicateGate& duplicate, std::vector<GateResult> gates, Time now) {
  Landing landing;
  const auto survivor = std::find_if(input.recent.begin(), input.recent.end(),
                                     [&](const Recent& recent) { return recent.ticket.id == *duplicate.into; });
  Ticket into = survivor->ticket;
  into.links.push_back({"merged_from", input.ticket.id});
  into.touched_at = now;
  for (const Message& message : input.messages) {
    // What is left over is forwarded when its own turn comes.
    if (message.state == MessageState::kHandled || landing.joined_messages.size() == kMaxMessages) continue;
    Message copy = message;
    copy.ticket = into.id;
    copy.n = ++into.messages;
    into.text_removed = false;
    landing.joined_messages.push_back(copy.n);
    landing.step.messages.push_back(std::move(copy));
  }
  Ticket ended = input.ticket;
  ended.state = State::kMerged;
  ended.move = input.decision.move;
  ended.tags = input.decision.tags;
  ended.team = into.team;
  ended.touched_at = now;
  ended.links.push_back({"merged_into", into.id});
  HandleMessages(landing.step, input.messages);
  AddFirstReading(landing.step, input.ticket, input.reading, now);
  landing.step.audit.push_back(DecisionRow(ended, "merged", "router", input.decision, gates, now));
  store::AddTicket(landing.step, survivor->ticket, std::move(into));
  store::AddTicket(landing.step, input.ticket, ended);
  landing.joined = duplicate.into;
  landing.after = landing.step.tickets.back().ticket;
  return landing;
}

void ShowCard(Landing& landing, const Ticket& before, const Ticket& after, const std::string& channel, const Card& card,
              const std::string& old_channel, Time now) {
  if (before.landed_at && old_channel == channel) {
    Begin(landing, CardUpdateRow(after, channel), card, now);
    return;
  }
  Begin(landing, NewCard(after, channel), card, now);
  if (before.landed_at) Begin(landing, CardUpdateRow(before, old_channel), card, now);
}

// A card that can be changed where it stands counts what joined; where cards are mails, the message itself says it.
bool CountsInPlace(const std::string& channel) { return channel.starts_with("slack:"); }

// What a later message may change: only upwards.
Ticket Raised(const RaiseInput& input, Time now) {
  Ticket after = input.ticket;
  const Tags& tags = input.decision.tags;
  after.tags.urgency = after.bumped ? *after.bumped : std::max(after.tags.urgency, tags.urgency);
  after.tags.tone = std::max(after.tags.tone, tags.tone);
  after.tags.signals = after.tags.signals | tags.signals;
  after.tags.vip = after.tags.vip || tags.vip;
  after.rank = std::max(after.rank, input.decision.rank);
  after.touched_at = now;
  if (after.move == Move::kHold && input.decision.move != Move::kHold) {
    after.tags.topic = tags.topic;
    after.team = input.decision.team;
    after.person = input.decision.person;
    after.move = MoveOf(after.rank);
  } else if (after.move != Move::kHold) {
    after.move = MoveOf(after.rank);
  }
  if (after.state == State::kDone) {
    after.state = State::kLanded;
    after.done_at.reset();
    after.taken_by.clear();
    after.taken_at.reset();
  }
  return after;
}

}  // namespace

std::string LandingKey(const std::string& customer_address) { return "land:" + ToHex(HashFields({customer_address})); }

store::AuditRow DecisionRow(const Ticket& after, const std::string& kind, const std::string& actor,
                            const Decision& decision, const std::vector<GateResult>& gates, Time now) {
  boost::json::array list;
  for (const GateResult& gate : gates) list.push_back({{"gate", gate.gate}, {"detail", gate.detail}});
  const boost::json::object body{{"decision", ToJson(decision)}, {"gates", std::move(list)}};
  return {after.id, after.version + 1, now, actor, kind, boost::json::serialize(body)};
}

Landing PlanLanding(const LandingInput& input, const rules::RuleBook& book, const Settings& settings, Time now) {
  const TeamGate place = PassTeam(input.decision, book, settings.channels);
  const PositionGate position = PassPosition(input.ticket, place.team, input.decision);
  const DuplicateGate duplicate =
      PassDuplicate(input.ticket, input.messages, input.decision.tags,
                    input.may_join ? input.recent : std::vector<Recent>{}, settings.duplicate_window, now);
  if (duplicate.into) return PlanJoin(input, duplicate, {place.result, position.result, duplicate.result}, now);

  Landing landing;
  Ticket after = Placed(input.ticket, input.decision, place, now);
  after.state = State::kLanded;
  after.landed_at = now;
  const ContextGate context =
      PassContext(after, input.messages, Pointer(input.reading), input.decision, settings.base_url);
  const Card card = AfterStep(context.card, input.ticket);
  Begin(landing, NewCard(after, place.channel), card, now);
  AddPing(landing, after, input.decision, place.channel, card, now);
  StartClock(landing, input.ticket, after, book, now);
  HandleMessages(landing.step, input.messages);
  AddFirstReading(landing.step, input.ticket, input.reading, now);
  landing.step.audit.push_back(DecisionRow(after, "landed", "router", input.decision,
                                           {place.result, position.result, duplicate.result, context.result}, now));
  AddLandingKey(landing.step, after, input.head, now);
  store::AddTicket(landing.step, input.ticket, std::move(after));
  landing.after = landing.step.tickets.back().ticket;
  return landing;
}

Landing PlanRaise(const RaiseInput& input, const rules::RuleBook& book, const Settings& settings, Time now) {
  Landing landing;
  Ticket after = Raised(input, now);
  const std::string old_channel = ChannelOf(book, input.ticket.team, 0, settings.channels);
  const std::string channel = ChannelOf(book, after.team, 0, settings.channels);
  const ContextGate context =
      PassContext(after, input.messages, Pointer(input.reading), input.decision, settings.base_url);
  Card card = AfterStep(context.card, input.ticket);
  const bool moved = after.team != input.ticket.team;
  if (moved) card.changed_by = "router";
  const bool reopened = after.state != input.ticket.state;
  const bool changed = moved || reopened || after.rank != input.ticket.rank || after.tags != input.ticket.tags;
  if (changed || CountsInPlace(channel)) {
    ShowCard(landing, input.ticket, after, channel, card, old_channel, now);
  }
  if (!moved) Begin(landing, ThreadPost(after, channel, input.message), card, now);
  AddPing(landing, after, input.decision, channel, card, now);
  StartClock(landing, input.ticket, after, book, now);
  for (Message message : input.messages) {
    if (message.n != input.message) continue;
    message.state = MessageState::kHandled;
    landing.step.messages.push_back(std::move(message));
  }
  AddReading(landing.step, after.id, input.message, input.reading, now);
  const std::string kind = reopened ? "reopened" : moved ? "moved" : "followed_up";
  landing.step.audit.push_back(DecisionRow(after, kind, "router", input.decision, {context.result}, now));
  store::AddTicket(landing.step, input.ticket, std::move(after));
  landing.after = landing.step.tickets.back().ticket;
  return landing;
}

Landing PlanChange(const ChangeInput& input, const rules::RuleBook& book, const Settings& settings, Time now) {
  Landing landing;
  const TeamGate place = PassTeam(input.decision, book, settings.channels);
  Ticket after = Placed(input.after, input.decision, place, now);
  if (!IsQueued(after.state) && IsOpen(after.state)) after.state = State::kLanded;
  if (!after.landed_at) after.landed_at = now;
  const PositionGate position = PassPosition(after, place.team, input.decision);
  const ContextGate context =
      PassContext(after, input.messages, Pointer(input.reading), input.decision, settings.base_url);
  const std::string old_channel = ChannelOf(book, input.before.team, 0, settings.channels);
  const Card card = AfterStep(context.card, input.before);
  ShowCard(landing, input.before, after, place.channel, card, old_channel, now);
  AddPing(landing, after, input.decision, place.channel, card, now);
  StartClock(landing, input.before, after, book, now);
  if (!IsQueued(input.before.state)) HandleMessages(landing.step, input.messages);
  if (!input.before.landed_at) AddLandingKey(landing.step, after, input.head, now);
  landing.step.audit.push_back(DecisionRow(after, "corrected", input.actor, input.decision,
                                           {place.result, position.result, context.result}, now));
  store::AddTicket(landing.step, input.before, std::move(after));
  landing.after = landing.step.tickets.back().ticket;
  return landing;
}

Landing PlanMark(const Ticket& before, Ticket after, const std::vector<Message>& messages,
                 const std::optional<Reading>& reading, const rules::RuleBook& book, const Settings& settings,
                 Time now) {
  Landing landing;
  const Card card = AfterStep(BuildCard(after, messages, Pointer(reading), {}, settings.base_url), before);
  const std::string old_channel = ChannelOf(book, before.team, 0, settings.channels);
  const std::string channel = ChannelOf(book, after.team, 0, settings.channels);
  // A ticket that has no card yet has nothing to show; one that goes back before its landing leaves a card behind.
  if (before.landed_at && !after.landed_at) {
    Begin(landing, CardUpdateRow(before, old_channel), card, now);
  } else if (before.landed_at) {
    ShowCard(landing, before, after, channel, card, old_channel, now);
  }
  StartClock(landing, before, after, book, now);
  store::AddTicket(landing.step, before, std::move(after));
  landing.after = landing.step.tickets.back().ticket;
  return landing;
}

}  // namespace tr::handoff
