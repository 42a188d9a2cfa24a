#include <algorithm>
#include <map>

#include "aws/dynamo_ports.h"
#include "aws/dynamo_step.h"

namespace tr::aws {

using store::Delivery;

// Each channel has its own partition of the index, so that one that waits for its turn hides no other.
Result<std::vector<Delivery>> DynamoDeliveries::Due(Time now, int limit, const store::ServesChannel& serves) {
  if (limit < 1) return std::vector<Delivery>();
  TR_ASSIGN(const std::vector<std::string> channels, ChannelsWithTurn(now, serves));
  std::vector<Key> keys;
  for (const std::string& channel : channels) {
    DynamoQuery query{parts_.tables.routes, kDue, DuePartition(channel)};
    query.to = Padded(ToMillis(now) + 1);
    query.limit = limit;
    TR_ASSIGN(const std::vector<Item> items, parts_.db.Query(query));
    for (const Item& item : items) keys.push_back({std::string(TextOf(item, "pk")), std::string(TextOf(item, "sk"))});
  }
  TR_ASSIGN(std::vector<Delivery> rows, Load(keys));
  // The index may lag.
  std::erase_if(rows,
                [now](const Delivery& row) { return row.state != store::DeliveryState::kPending || row.due_at > now; });
  std::ranges::stable_sort(rows, {}, &Delivery::due_at);
  if (rows.size() > static_cast<std::size_t>(limit)) rows.resize(static_cast<std::size_t>(limit));
  return rows;
}

Result<std::vector<std::string>> DynamoDeliveries::ChannelsWithTurn(Time now, const store::ServesChannel& serves) {
  TR_ASSIGN(std::vector<Item> names, parts_.db.Query({parts_.tables.routes, "", std::string(kChannels)}));
  if (serves) std::erase_if(names, [&](const Item& name) { return !serves(std::string(TextOf(name, "name"))); });
  std::vector<Key> turns;
  for (const Item& name : names) turns.push_back(TurnKey(TextOf(name, "name")));
  TR_ASSIGN(const std::vector<Item> waiting, parts_.db.GetMany(parts_.tables.routes, turns));
  std::set<std::string_view> wait;
  for (const Item& turn : waiting) {
    if (NumberOf(turn, "not_before") > ToMillis(now)) wait.insert(TextOf(turn, "pk"));
  }
  std::vector<std::string> channels;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!wait.contains(turns[i].pk)) channels.emplace_back(TextOf(names[i], "name"));
  }
  return channels;
}

Result<std::vector<Delivery>> DynamoDeliveries::Load(const std::vector<Key>& keys) {
  TR_ASSIGN(const std::vector<Item> items, parts_.db.GetMany(parts_.tables.routes, keys));
  std::vector<Delivery> rows;
  for (const Item& item : items) {
    TR_ASSIGN(Delivery row, ReadDeliveryItem(parts_.blobs, item));
    rows.push_back(std::move(row));
  }
  std::ranges::sort(rows, {}, &Delivery::id);
  return rows;
}

Result<std::vector<Delivery>> DynamoDeliveries::OfTicket(const std::string& ticket) {
  std::vector<Delivery> rows;
  if (ticket.empty()) return rows;
  TR_ASSIGN(const std::vector<Item> items, parts_.db.Query({parts_.tables.routes, "", DeliveryPartition(ticket)}));
  std::vector<Key> apart;
  for (const Item& item : items) {
    if (Has(item, "id")) {
      apart.push_back(DeliveryKey(TextOf(item, "id")));
      continue;
    }
    TR_ASSIGN(Delivery row, ReadDeliveryItem(parts_.blobs, item));
    if (row.ticket == ticket) rows.push_back(std::move(row));
  }
  TR_ASSIGN(std::vector<Delivery> others, Load(apart));
  std::ranges::move(others, std::back_inserter(rows));
  return rows;
}

Result<Delivery> DynamoDeliveries::Get(const std::string& id) {
  TR_ASSIGN(const std::optional<Item> item, parts_.db.Get(parts_.tables.routes, DeliveryKey(id)));
  if (!item) return NotFound("no such delivery");
  return ReadDeliveryItem(parts_.blobs, *item);
}

}  // namespace tr::aws
