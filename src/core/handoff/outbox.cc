#include "handoff/outbox.h"

#include <algorithm>
#include <utility>

#include "handoff/load_card.h"
#include "handoff/waiting.h"
#include "queue/queue.h"

namespace tr::handoff {
namespace {

// The channel that a row falls back to, and its level; a row at the last level has nowhere to go.
constexpr int kLastLevel = 2;

// A channel that has less time than this is not asked.
constexpr Duration kShortestTry = std::chrono::seconds(3);
constexpr Duration kStoreEvery = std::chrono::seconds(1);

// Rows that one step stores together, well under store::kMaxStepItems with their turns.
constexpr std::size_t kRowsPerStep = 20;

bool IsCardKind(store::DeliveryKind kind) {
  switch (kind) {
    case store::DeliveryKind::kCard:
    case store::DeliveryKind::kCardUpdate:
    case store::DeliveryKind::kPing:
    case store::DeliveryKind::kThread: return true;
    case store::DeliveryKind::kDigest:
    case store::DeliveryKind::kAnnouncement:
    case store::DeliveryKind::kTimer: return false;
  }
  return false;
}

// The row was made for a team that does not have the ticket any more.
bool HasMoved(const Outgoing& outgoing) {
  const store::Delivery& row = outgoing.delivery;
  return IsCardKind(row.kind) && !outgoing.card.team.empty() && row.team != outgoing.card.team;
}

Notice NoticeOf(const Outgoing& outgoing) {
  const store::Delivery& row = outgoing.delivery;
  Notice notice;
  notice.id = row.id;
  notice.kind = row.kind;
  notice.address = row.channel.substr(row.channel.find(':') + 1);
  notice.card = outgoing.card;
  notice.card_ref = outgoing.card_ref;
  notice.person = row.person;
  notice.role = row.role;
  notice.message = row.message;
  notice.subject = row.subject;
  notice.text = row.text;
  notice.attempt = row.attempts;
  // A call to triage is about a ticket that stands elsewhere.
  notice.moved = row.kind != store::DeliveryKind::kPing && HasMoved(outgoing);
  if (row.fallback > 0) notice.detour = row.trouble;
  return notice;
}

// No card is begun where the ticket is no more.
bool IsLate(const Outgoing& outgoing) {
  return outgoing.delivery.kind == store::DeliveryKind::kCard && outgoing.delivery.attempts == 1 && HasMoved(outgoing);
}

}  // namespace

Outbox::Outbox(OutboxPorts ports, Settings settings, std::function<rules::RuleBookPtr()> book,
               std::function<double()> chance)
    : ports_(ports), settings_(std::move(settings)), book_(std::move(book)), chance_(std::move(chance)) {}

void Outbox::FallBack(store::Delivery& delivery, const std::string& trouble) {
  delivery.trouble = trouble;
  const rules::RuleBookPtr book = book_();
  while (delivery.fallback < kLastLevel && book != nullptr) {
    ++delivery.fallback;
    const std::string channel = ChannelOf(*book, delivery.team, delivery.fallback, settings_.channels);
    if (channel == delivery.channel) continue;
    ports_.log.Warning("delivery_fell_back", {{"delivery", delivery.id}, {"to", channel}, {"trouble", trouble}});
    ++counts_.fell_back;
    delivery.channel = channel;
    delivery.due_at = ports_.clock.Now();
    return;
  }
  ports_.log.Error("delivery_failed", {{"delivery", delivery.id}, {"channel", delivery.channel}, {"trouble", trouble}});
  ++counts_.failed;
  delivery.state = store::DeliveryState::kFailed;
}

Outbox::Tried Outbox::Try(const Outgoing& outgoing, Time until) {
  store::Delivery row = outgoing.delivery;
  const Time now = ports_.clock.Now();
  Channel* channel = ports_.channels.Find(row.channel.substr(0, row.channel.find(':')));
  const Call call{until, row.ticket.empty() ? row.id : row.ticket};
  const Result<std::string> ref =
      channel != nullptr
          ? channel->Post(NoticeOf(outgoing), call)
          : Result<std::string>(Permanent("there is no channel of this kind here; set one up or mend the sheet"));
  row.changed_at = ports_.clock.Now();
  if (ref) {
    row.state = store::DeliveryState::kDelivered;
    row.ref = *ref;
    row.trouble.clear();
    ++counts_.delivered;
    if (const Duration pace = PaceOf(row); pace > Duration(0)) return {row, now + pace, row.attempts};
    return {row, std::nullopt, row.attempts};
  }
  if (ref.fault().kind != FaultKind::kTransient) {
    FallBack(row, ref.fault().text);
    return {row, std::nullopt, row.attempts};
  }
  const Duration asked = ref.fault().retry_after.value_or(Duration(0));
  const Duration wait = std::max(queue::Backoff(row.attempts, chance_()), asked);
  ports_.log.Warning("delivery_delayed",
                     {{"delivery", row.id}, {"wait_ms", wait.count()}, {"trouble", ref.fault().text}});
  ++counts_.delayed;
  row.trouble = ref.fault().text;
  row.due_at = now + wait;
  if (!ref.fault().retry_after) return {row, std::nullopt, row.attempts};
  const std::lock_guard lock(turns_mutex_);
  turns_[row.channel] = std::max(turns_[row.channel], now + asked);
  return {row, now + asked, row.attempts};
}

void Outbox::Store(std::vector<Tried>& results) {
  const auto write = [](store::Step& step, const Tried& tried) {
    step.deliveries.push_back({tried.begun, tried.row});
    if (tried.channel_turn) step.turns.push_back({tried.row.channel, *tried.channel_turn});
  };
  for (std::size_t first = 0; first < results.size(); first += kRowsPerStep) {
    const std::size_t last = std::min(results.size(), first + kRowsPerStep);
    store::Step together;
    for (std::size_t i = first; i < last; ++i) write(together, results[i]);
    if (ports_.ledger.Commit(together, ports_.clock.Now())) continue;
    // One row that somebody else changed must not keep the others from being stored.
    for (std::size_t i = first; i < last; ++i) {
      store::Step alone;
      write(alone, results[i]);
      if (const Result<void> stored = ports_.ledger.Commit(alone, ports_.clock.Now()); !stored) {
        ports_.log.Warning("delivery_not_stored", {{"delivery", results[i].row.id}, {"trouble", stored.fault().text}});
      }
    }
  }
  results.clear();
}

// A card of the same batch is not stored yet, but posted.
Outbox::CardPlace Outbox::FindCard(const store::Delivery& row, const std::vector<Tried>& before) {
  CardPlace place;
  const auto look = [&](const store::Delivery& card) {
    if (card.kind != store::DeliveryKind::kCard || card.ticket != row.ticket || card.channel != row.channel) return;
    if (!card.ref.empty()) place = {card.ref, std::nullopt};
    if (card.ref.empty() && card.state == store::DeliveryState::kPending) place.due = card.due_at;
  };
  if (const Result<std::vector<store::Delivery>> stored = ports_.deliveries.OfTicket(row.ticket)) {
    for (const store::Delivery& card : *stored) look(card);
  }
  for (const Tried& tried : before) look(tried.row);
  return place;
}

Duration Outbox::PaceOf(const store::Delivery& row) {
  if (row.kind == store::DeliveryKind::kCardUpdate) return Duration(0);
  const Channel* channel = ports_.channels.Find(row.channel.substr(0, row.channel.find(':')));
  return channel == nullptr ? Duration(0) : channel->pace();
}

Time Outbox::TurnOf(const std::string& channel) {
  const std::lock_guard lock(turns_mutex_);
  const auto turn = turns_.find(channel);
  return turn == turns_.end() ? Time{} : turn->second;
}

bool Outbox::TakeTurn(const store::Delivery& row) {
  const Duration pace = PaceOf(row);
  if (pace == Duration(0)) return true;
  const Time now = ports_.clock.Now();
  const std::lock_guard lock(turns_mutex_);
  Time& turn = turns_[row.channel];
  if (turn > now) return false;
  turn = now + pace;
  return true;
}

Outbox::Tried Outbox::PutOff(store::Delivery row, Time until) {
  const int begun = row.attempts;
  row.attempts = std::max(0, begun - 1);
  row.due_at = until;
  row.changed_at = ports_.clock.Now();
  return {std::move(row), std::nullopt, begun};
}

void Outbox::Deliver(const std::vector<Outgoing>& begun, Time until) {
  std::vector<Outgoing> now;
  std::vector<Tried> later;
  for (const Outgoing& outgoing : begun) {
    if (TakeTurn(outgoing.delivery)) {
      now.push_back(outgoing);
    } else {
      later.push_back(PutOff(outgoing.delivery, TurnOf(outgoing.delivery.channel)));
    }
  }
  if (!later.empty()) Store(later);
  DeliverInTurn(now, until);
}

// Results are stored together, but none waits long for it: what is posted and not stored is posted again by whoever
// comes after us.
void Outbox::DeliverInTurn(const std::vector<Outgoing>& begun, Time until) {
  std::vector<Tried> results;
  Time stored_at = ports_.clock.Now();
  for (Outgoing outgoing : begun) {
    const store::Delivery& row = outgoing.delivery;
    const Time now = ports_.clock.Now();
    if (!results.empty() && now - stored_at >= kStoreEvery) {
      Store(results);
      stored_at = now;
    }
    // Somebody else may begin it by then, or nobody be here any more to store what came of it.
    const Time end = std::min(row.due_at, until);
    if (now + kShortestTry > end) {
      results.push_back(PutOff(row, now));
      continue;
    }
    if (IsCardKind(row.kind) && row.kind != store::DeliveryKind::kCard && outgoing.card_ref.empty()) {
      const CardPlace place = FindCard(row, results);
      outgoing.card_ref = place.ref;
      // An update has nothing to do there: the card is posted as it is by then.
      if (place.due && row.kind != store::DeliveryKind::kCardUpdate) {
        results.push_back(PutOff(row, *place.due + Duration(1)));
        continue;
      }
    }
    if (row.kind == store::DeliveryKind::kCardUpdate && outgoing.card.reasons.empty()) AddReasons(outgoing);
    results.push_back(Try(outgoing, end));
  }
  if (!results.empty()) Store(results);
}

// A step that only marks the ticket does not know why it once came.
void Outbox::AddReasons(Outgoing& outgoing) {
  if (const auto audit = ports_.audit.OfTicket(outgoing.delivery.ticket)) outgoing.card.reasons = LatestReasons(*audit);
}

// `why_moot` is set where nothing has to be said any more.
Result<Outgoing> Outbox::Load(store::Delivery delivery, std::string& why_moot) {
  Outgoing outgoing;
  if (IsCardKind(delivery.kind)) {
    TR_ASSIGN(const Ticket ticket, ports_.tickets.Get(delivery.ticket));
    why_moot = WhyMoot(ticket, delivery);
    if (delivery.kind == store::DeliveryKind::kPing && why_moot.empty()) Redirect(delivery, ticket);
    TR_ASSIGN(outgoing.card, LoadCard(ticket, ports_.tickets, ports_.audit, settings_.base_url));
    outgoing.card_ref = FindCard(delivery, {}).ref;
  }
  outgoing.delivery = std::move(delivery);
  return outgoing;
}

Result<int> Outbox::DeliverDue(int limit, const store::ServesChannel& serves, Time until) {
  TR_ASSIGN(std::vector<store::Delivery> due, ports_.deliveries.Due(ports_.clock.Now(), limit, serves));
  std::vector<Outgoing> begun;
  std::vector<Tried> moot;
  int rung = 0;
  for (store::Delivery& row : due) {
    if (row.kind == store::DeliveryKind::kTimer) {
      Ring(row);
      ++rung;
      continue;
    }
    if (!TakeTurn(row)) continue;  // one of its channel goes in this round; the others come with the next turn
    store::Step step;
    const int attempts = row.attempts;
    row.attempts = attempts + 1;
    row.due_at = ports_.clock.Now() + kDeliveryLease;
    step.deliveries.push_back({attempts, row});
    // Stored with the try, whatever comes of it: what waits for this channel must not hide what waits for others.
    if (const Duration pace = PaceOf(row); pace > Duration(0)) {
      step.turns.push_back({row.channel, ports_.clock.Now() + pace});
    }
    if (!ports_.ledger.Commit(step, ports_.clock.Now())) continue;  // somebody else has it; or it comes again
    std::string why_moot;
    Result<Outgoing> outgoing = Load(row, why_moot);
    if (!outgoing) {
      ports_.log.Warning("delivery_not_loaded", {{"delivery", row.id}, {"trouble", outgoing.fault().text}});
      continue;  // due again when its try ends
    }
    if (why_moot.empty() && IsLate(*outgoing)) why_moot = "not needed: the ticket went to another team";
    if (!why_moot.empty()) {
      row.state = store::DeliveryState::kDelivered;
      row.trouble = why_moot;
      moot.push_back({row, std::nullopt, row.attempts});
      continue;
    }
    begun.push_back(*std::move(outgoing));
  }
  if (!moot.empty()) Store(moot);
  DeliverInTurn(begun, until);
  return rung + static_cast<int>(begun.size() + moot.size());
}

}  // namespace tr::handoff
