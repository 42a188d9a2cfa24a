#include <algorithm>
#include <map>

#include "aws/dynamo_ports.h"
#include "aws/dynamo_step.h"

namespace tr::aws {

Result<Merged> QueryShards(DynamoDb& db, DynamoQuery query, std::string_view prefix) {
  const std::string sort = SortOf(query.index);
  const auto before = [&](std::string_view a, std::string_view b) { return query.descending ? b < a : a < b; };
  Merged merged;
  std::string complete;  // every partition was read up to it; empty: to its end
  for (const std::string& partition : Shards(prefix)) {
    query.partition = partition;
    TR_ASSIGN(std::vector<Item> items, db.Query(query));
    if (items.size() >= static_cast<std::size_t>(query.limit)) {
      const std::string last(TextOf(items.back(), sort));
      if (complete.empty() || before(last, complete)) complete = last;
      merged.more = true;
    }
    std::ranges::move(items, std::back_inserter(merged.items));
  }
  std::erase_if(merged.items,
                [&](const Item& item) { return !complete.empty() && before(complete, TextOf(item, sort)); });
  std::ranges::stable_sort(merged.items,
                           [&](const Item& a, const Item& b) { return before(TextOf(a, sort), TextOf(b, sort)); });
  return merged;
}

Result<std::vector<Ticket>> TicketsOf(const DynamoParts& parts, const std::vector<Item>& items) {
  std::vector<Key> keys;
  for (const Item& item : items) keys.push_back({std::string(TextOf(item, "pk")), "META"});
  TR_ASSIGN(const std::vector<Item> found, parts.db.GetMany(parts.tables.tickets, keys));
  std::map<std::string_view, const Item*> by_key;
  for (const Item& item : found) by_key.emplace(TextOf(item, "pk"), &item);
  std::vector<Ticket> tickets;
  for (const Key& key : keys) {
    const auto at = by_key.find(key.pk);
    if (at == by_key.end()) continue;
    TR_ASSIGN(Ticket ticket, ReadTicketItem(parts.blobs, *at->second));
    tickets.push_back(std::move(ticket));
  }
  return tickets;
}

}  // namespace tr::aws
