#include <algorithm>
#include <map>

#include "aws/dynamo_ports.h"
#include "aws/dynamo_step.h"

namespace tr::aws {
namespace {

constexpr std::size_t kAtOnce = 100;

bool Lives(const Item& item, Time now) { return NumberOf(item, "expires") > ToMillis(now); }

}  // namespace

Result<std::optional<std::string>> DynamoLookups::ByKey(const std::string& key, Time now) {
  TR_ASSIGN(const std::optional<Item> item, parts_.db.Get(parts_.tables.keys, HashKeyOf(store::HashKey(key))));
  if (!item || !Lives(*item, now)) return std::optional<std::string>();
  return std::optional<std::string>(TextOf(*item, "ticket"));
}

Result<std::optional<std::string>> DynamoLookups::ByThread(const std::vector<std::string>& message_ids, Time now) {
  for (std::size_t begin = 0; begin < message_ids.size(); begin += kAtOnce) {
    std::vector<Key> keys;
    for (std::size_t i = begin; i < std::min(message_ids.size(), begin + kAtOnce); ++i) {
      keys.push_back(HashKeyOf(store::HashThread(message_ids[i])));
    }
    TR_ASSIGN(const std::vector<Item> items, parts_.db.GetMany(parts_.tables.keys, keys));
    std::map<std::string_view, const Item*> found;
    for (const Item& item : items) {
      if (Lives(item, now)) found.emplace(TextOf(item, "pk"), &item);
    }
    for (const Key& key : keys) {
      const auto at = found.find(key.pk);
      if (at != found.end()) return std::optional<std::string>(TextOf(*at->second, "ticket"));
    }
  }
  return std::optional<std::string>();
}

Result<std::vector<Ticket>> DynamoLookups::OfCustomer(const std::string& address, Time since, int limit) {
  if (address.empty() || limit < 1) return std::vector<Ticket>();
  DynamoQuery query{parts_.tables.tickets, kCustomer, CustomerPartition(address)};
  query.from = Padded(ToMillis(since));
  query.descending = true;
  query.limit = limit;
  TR_ASSIGN(const std::vector<Item> items, parts_.db.Query(query));
  TR_ASSIGN(std::vector<Ticket> tickets, TicketsOf(parts_, items));
  // The index may lag behind a ticket whose customer was forgotten.
  std::erase_if(tickets, [&](const Ticket& ticket) { return ticket.customer.address != address; });
  return tickets;
}

}  // namespace tr::aws
