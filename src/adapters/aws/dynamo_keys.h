#pragma once
// Where each row stands: tables, keys and indexes. docs/dynamodb.md says why.

#include <array>
#include <string>
#include <string_view>

#include "aws/dynamo_item.h"
#include "store/key_hash.h"
#include "store/step.h"

namespace tr::aws {

// The tables' names: a prefix ("tr-"), so that several installations can share an account.
struct Tables {
  explicit Tables(const std::string& prefix = "tr-")
      : tickets(prefix + "tickets"),
        keys(prefix + "keys"),
        audit(prefix + "audit"),
        corrections(prefix + "corrections"),
        routes(prefix + "routes"),
        people(prefix + "people") {}
  std::string tickets, keys, audit, corrections, routes, people;
};

// An index of a table; its keys are the attributes of its first letter and "p" or "s". Sparse: only items that have
// both.
inline constexpr std::string_view kWork = "work";  // tickets: open by state, ended with text, unhandled messages
inline constexpr std::string_view kCustomer = "customer";  // tickets: by customer
inline constexpr std::string_view kRecent = "recent";      // tickets: all, by time
inline constexpr std::string_view kLog = "log";            // audit: by the moment of storing
inline constexpr std::string_view kDue = "due";            // routes: what is to be sent, by channel; what was sent
inline std::string PartitionOf(std::string_view index) { return std::string(index.substr(0, 1)) + "p"; }
inline std::string SortOf(std::string_view index) { return std::string(index.substr(0, 1)) + "s"; }

// One partition takes 1,000 writes a second; what every ticket writes is spread over this many.
inline constexpr int kShards = 4;
std::string Sharded(std::string_view prefix, std::string_view id);  // "PREFIX2"
std::array<std::string, kShards> Shards(std::string_view prefix);

struct Key {
  std::string pk;
  std::string sk;
  Item ToItem() const;
  bool operator==(const Key&) const = default;
  auto operator<=>(const Key&) const = default;
};

// Text as part of a key: itself, or its hash where it is long (keys hold 2,048 and 1,024 bytes).
std::string KeyText(std::string_view text);

Key TicketKey(std::string_view id);
Key MessageKey(std::string_view ticket, int n);
std::string TicketPartition(std::string_view id);
inline constexpr std::string_view kMessages = "MSG#";

Key HashKeyOf(const store::KeyHash& hash);  // tr-keys: unique keys and Message-IDs
Key OriginalKey(std::string_view key);      // tr-keys: which tickets have an original

Key EntryKey(const store::QueueEntry& entry);
std::string QueuePartition(std::string_view team);
// What a key or a cursor of a queue says. False: it is none.
bool ParseEntry(std::string_view sk, store::QueueEntry& entry);

Key DeliveryKey(std::string_view id);
std::string DeliveryPartition(std::string_view ticket);
// Beside the ticket's rows: a row whose id does not begin with the ticket's.
Key DeliveryPointerKey(std::string_view ticket, std::string_view id);
bool IsApart(const store::Delivery& delivery);
Key TurnKey(std::string_view channel);
std::string DuePartition(std::string_view channel);
inline constexpr std::string_view kSent = "X#";

// Names that cannot be listed otherwise, one item each: teams that ever had an entry, channels that ever had a row.
inline constexpr std::string_view kTeams = "TEAMS";
inline constexpr std::string_view kChannels = "CHANNELS";
Key NameKey(std::string_view kind, std::string_view name);

// "000001772442000000#ID": by time, then id. Of a ticket, when it was received.
std::string AtKey(Time at, std::string_view id);

// The index attributes of a ticket and of a message: none where it does not stand in that index.
void AddTicketIndexes(Item& item, const Ticket& ticket);
void AddMessageIndexes(Item& item, const Message& message);
void AddDeliveryIndexes(Item& item, const store::Delivery& delivery);
std::string OpenPrefix(State state);  // kWork: tickets of an open state
inline constexpr std::string_view kEnded = "E#";
inline constexpr std::string_view kUnhandled = "U#";
inline constexpr std::string_view kAll = "R#";
inline constexpr std::string_view kLogPrefix = "L#";
std::string CustomerPartition(std::string_view address);

// What `q=` looks at: id, subject and address, folded, each cut at 500 bytes.
std::string SearchText(const Ticket& ticket);

// Since when nobody touched the ended ticket; none while it is open or has no text.
std::optional<Time> EndedAt(const Ticket& ticket);

}  // namespace tr::aws
