#include "handoff/outbox.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "queue/queue.h"
#include "ticket/json.h"

namespace tr::handoff {
namespace {

// The channel that a row falls back to, and its level; a row at the last level has nowhere to go.
constexpr int kLastLevel = 2;

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
  return notice;
}

// What the channel called the ticket's card in this channel, if it was posted there.
std::string CardRef(const std::vector<store::Delivery>& rows, const std::string& channel) {
  std::string ref;
  for (const store::Delivery& row : rows) {
    if (row.kind == store::DeliveryKind::kCard && row.channel == channel && !row.ref.empty()) ref = row.ref;
  }
  return ref;
}

// Nobody is pinged about what somebody works on already.
bool IsMoot(const Outgoing& outgoing) {
  return outgoing.delivery.kind == store::DeliveryKind::kPing && outgoing.card.state != State::kLanded &&
         !(outgoing.card.state == State::kReceived || outgoing.card.state == State::kRead);
}

}  // namespace

std::vector<Reason> LatestReasons(const std::vector<store::AuditRow>& audit) {
  for (auto row = audit.rbegin(); row != audit.rend(); ++row) {
    const Result<boost::json::value> body = ParseJson(row->body);
    if (!body || !body->is_object() || !body->as_object().contains("decision")) continue;
    const Result<Decision> decision = DecisionFromJson(body->as_object().at("decision"));
    if (decision) return decision->reasons;
  }
  return {};
}

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

Outbox::Tried Outbox::Try(const Outgoing& outgoing) {
  store::Delivery row = outgoing.delivery;
  const Time now = ports_.clock.Now();
  Channel* channel = ports_.channels.Find(row.channel.substr(0, row.channel.find(':')));
  const Call call{row.due_at, row.ticket.empty() ? row.id : row.ticket};
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
    return {row, false};
  }
  if (ref.fault().kind != FaultKind::kTransient) {
    FallBack(row, ref.fault().text);
    return {row, false};
  }
  const Duration wait =
      std::max(queue::Backoff(row.attempts, chance_()), ref.fault().retry_after.value_or(Duration(0)));
  ports_.log.Warning("delivery_delayed",
                     {{"delivery", row.id}, {"wait_ms", wait.count()}, {"trouble", ref.fault().text}});
  ++counts_.delayed;
  row.trouble = ref.fault().text;
  row.due_at = now + wait;
  return {row, ref.fault().retry_after.has_value()};
}

void Outbox::Store(const std::vector<Tried>& results) {
  const auto write = [](store::Step& step, const Tried& tried) {
    step.deliveries.push_back({tried.row.attempts, tried.row});
    if (tried.channel_waits) step.turns.push_back({tried.row.channel, tried.row.due_at});
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
}

// A card of the same batch is not stored yet, but posted.
std::string Outbox::FindCardRef(const store::Delivery& row, const std::vector<Tried>& before) {
  std::vector<store::Delivery> rows;
  for (const Tried& tried : before) {
    if (tried.row.ticket == row.ticket) rows.push_back(tried.row);
  }
  if (std::string ref = CardRef(rows, row.channel); !ref.empty()) return ref;
  const Result<std::vector<store::Delivery>> stored = ports_.deliveries.OfTicket(row.ticket);
  return stored ? CardRef(*stored, row.channel) : "";
}

void Outbox::Deliver(const std::vector<Outgoing>& begun) {
  std::vector<Tried> results;
  results.reserve(begun.size());
  for (Outgoing outgoing : begun) {
    const store::Delivery& row = outgoing.delivery;
    const bool under_card = IsCardKind(row.kind) && row.kind != store::DeliveryKind::kCard;
    if (under_card && outgoing.card_ref.empty()) outgoing.card_ref = FindCardRef(row, results);
    results.push_back(Try(outgoing));
  }
  if (!results.empty()) Store(results);
}

Result<Outgoing> Outbox::Load(store::Delivery delivery) {
  Outgoing outgoing;
  if (IsCardKind(delivery.kind)) {
    TR_ASSIGN(const Ticket ticket, ports_.tickets.Get(delivery.ticket));
    TR_ASSIGN(const std::vector<Message> messages, ports_.tickets.Messages(delivery.ticket));
    TR_ASSIGN(const std::vector<store::ReadingRow> readings, ports_.tickets.Readings(delivery.ticket));
    TR_ASSIGN(const std::vector<store::AuditRow> audit, ports_.audit.OfTicket(delivery.ticket));
    TR_ASSIGN(const std::vector<store::Delivery> rows, ports_.deliveries.OfTicket(delivery.ticket));
    outgoing.card = BuildCard(ticket, messages, readings.empty() ? nullptr : &readings.back().reading,
                              LatestReasons(audit), settings_.base_url);
    outgoing.card_ref = CardRef(rows, delivery.channel);
  }
  outgoing.delivery = std::move(delivery);
  return outgoing;
}

Result<int> Outbox::DeliverDue(int limit) {
  TR_ASSIGN(std::vector<store::Delivery> due, ports_.deliveries.Due(ports_.clock.Now(), limit));
  std::vector<Outgoing> begun;
  std::vector<Tried> moot;
  for (store::Delivery& row : due) {
    store::Step step;
    const int attempts = row.attempts;
    row.attempts = attempts + 1;
    row.due_at = ports_.clock.Now() + kDeliveryLease;
    step.deliveries.push_back({attempts, row});
    if (!ports_.ledger.Commit(step, ports_.clock.Now())) continue;  // somebody else has it; or it comes again
    Result<Outgoing> outgoing = Load(row);
    if (!outgoing) {
      ports_.log.Warning("delivery_not_loaded", {{"delivery", row.id}, {"trouble", outgoing.fault().text}});
      continue;  // due again when its try ends
    }
    if (IsMoot(*outgoing)) {
      row.state = store::DeliveryState::kDelivered;
      row.trouble = "not needed: the ticket was " + std::string(Name(outgoing->card.state));
      moot.push_back({row, false});
      continue;
    }
    begun.push_back(*std::move(outgoing));
  }
  if (!moot.empty()) Store(moot);
  Deliver(begun);
  return static_cast<int>(begun.size() + moot.size());
}

}  // namespace tr::handoff
