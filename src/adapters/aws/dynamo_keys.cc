#include "aws/dynamo_keys.h"

#include <charconv>

#include "base/hash.h"
#include "base/text.h"
#include "ticket/steps.h"

namespace tr::aws {
namespace {

constexpr std::size_t kLongestKeyText = 256;
constexpr std::size_t kSearchBytes = 500;

// 0 for escalate, 1, 2 for normal: ascending is the queue's order.
int PlaceOf(Rank rank) {
  switch (rank) {
    case Rank::kEscalate: return 0;
    case Rank::kPriority: return 1;
    case Rank::kNormal: return 2;
  }
  return 2;
}

constexpr std::array<Rank, 3> kRanks = {Rank::kEscalate, Rank::kPriority, Rank::kNormal};

std::string Joined(std::string_view prefix, std::string_view text) { return std::string(prefix) + KeyText(text); }

void Index(Item& item, std::string_view name, std::string_view partition, std::string_view sort) {
  item[PartitionOf(name)] = TextValue(partition);
  item[SortOf(name)] = TextValue(sort);
}

}  // namespace

Item Key::ToItem() const { return {{"pk", TextValue(pk)}, {"sk", TextValue(sk)}}; }

std::string Sharded(std::string_view prefix, std::string_view id) {
  return std::string(prefix) + std::to_string(Sha256(id)[0] % kShards);
}

std::array<std::string, kShards> Shards(std::string_view prefix) {
  std::array<std::string, kShards> all;
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = std::string(prefix) + std::to_string(i);
  return all;
}

std::string KeyText(std::string_view text) {
  if (text.size() <= kLongestKeyText && !text.starts_with('~')) return std::string(text);
  return "~" + ToHex(Sha256(text));
}

std::string TicketPartition(std::string_view id) { return Joined("T#", id); }
Key TicketKey(std::string_view id) { return {TicketPartition(id), "META"}; }
Key MessageKey(std::string_view ticket, int n) { return {TicketPartition(ticket), std::string(kMessages) + Padded(n)}; }

Key HashKeyOf(const store::KeyHash& hash) { return {"K#" + store::Hex(hash), "-"}; }
Key OriginalKey(std::string_view key) { return {Joined("O#", key), "-"}; }

std::string QueuePartition(std::string_view team) { return Joined("Q#", team); }

Key EntryKey(const store::QueueEntry& entry) {
  return {QueuePartition(entry.team),
          std::to_string(PlaceOf(entry.rank)) + "#" + AtKey(entry.received_at, entry.ticket)};
}

bool ParseEntry(std::string_view sk, store::QueueEntry& entry) {
  constexpr std::size_t kIdAt = 18;  // "1#", 15 digits, '#'
  if (sk.size() < kIdAt || sk.size() > 1000 || sk[0] < '0' || sk[0] > '2' || sk[1] != '#' || sk[kIdAt - 1] != '#') {
    return false;
  }
  std::int64_t millis = 0;
  const char* end = sk.data() + kIdAt - 1;
  if (std::from_chars(sk.data() + 2, end, millis).ptr != end || millis < 0 || !IsUtf8(sk)) return false;
  entry.rank = kRanks[static_cast<std::size_t>(sk[0] - '0')];
  entry.received_at = FromMillis(millis);
  entry.ticket = sk.substr(kIdAt);
  return true;
}

std::string DeliveryPartition(std::string_view ticket) { return Joined("D#", ticket); }
Key DeliveryKey(std::string_view id) {
  return {DeliveryPartition(id.substr(0, std::min(id.find('#'), id.size()))), Joined("i#", id)};
}
Key DeliveryPointerKey(std::string_view ticket, std::string_view id) {
  return {DeliveryPartition(ticket), Joined("@", id)};
}
bool IsApart(const store::Delivery& delivery) {
  return !delivery.ticket.empty() && DeliveryKey(delivery.id).pk != DeliveryPartition(delivery.ticket);
}
Key TurnKey(std::string_view channel) { return {Joined("V#", channel), "-"}; }
std::string DuePartition(std::string_view channel) { return Joined("P#", channel); }

Key NameKey(std::string_view kind, std::string_view name) { return {std::string(kind), Joined("=", name)}; }

std::string AtKey(Time at, std::string_view id) { return Padded(ToMillis(at)) + "#" + KeyText(id); }

std::string OpenPrefix(State state) { return "S#" + std::string(Name(state)) + "#"; }

std::string CustomerPartition(std::string_view address) { return "C#" + ToHex(Sha256(address)).substr(0, 32); }

std::optional<Time> EndedAt(const Ticket& ticket) {
  if (IsOpen(ticket.state) || ticket.text_removed) return std::nullopt;
  return ticket.touched_at;
}

std::string SearchText(const Ticket& ticket) {
  std::string text;
  for (const std::string* part : {&ticket.id, &ticket.subject, &ticket.customer.address}) {
    text += CutText(Fold(*part), kSearchBytes);
    text += '\n';
  }
  return text;
}

void AddTicketIndexes(Item& item, const Ticket& ticket) {
  const std::string at = AtKey(ticket.received_at, ticket.id);
  const std::optional<Time> ended = EndedAt(ticket);
  if (IsOpen(ticket.state)) Index(item, kWork, Sharded(OpenPrefix(ticket.state), ticket.id), at);
  if (ended) Index(item, kWork, Sharded(kEnded, ticket.id), AtKey(*ended, ticket.id));
  if (!ticket.customer.address.empty()) Index(item, kCustomer, CustomerPartition(ticket.customer.address), at);
  Index(item, kRecent, Sharded(kAll, ticket.id), at);
  item["q"] = TextValue(SearchText(ticket));
  item["state"] = TextValue(Name(ticket.state));
  item["move"] = TextValue(Name(ticket.move));
}

void AddMessageIndexes(Item& item, const Message& message) {
  if (message.state != MessageState::kReceived) return;
  Index(item, kWork, Sharded(kUnhandled, message.ticket), AtKey(message.at, message.ticket) + "#" + Padded(message.n));
  item["at"] = NumberValue(ToMillis(message.at));
  item["n"] = NumberValue(message.n);
}

void AddDeliveryIndexes(Item& item, const store::Delivery& delivery) {
  switch (delivery.state) {
    case store::DeliveryState::kPending:
      return Index(item, kDue, DuePartition(delivery.channel), AtKey(delivery.due_at, delivery.id));
    case store::DeliveryState::kDelivered:
      return Index(item, kDue, Sharded(kSent, delivery.id), AtKey(delivery.changed_at, delivery.id));
    case store::DeliveryState::kFailed: return;
  }
}

}  // namespace tr::aws
