#include <algorithm>

#include "aws/dynamo_ports.h"
#include "ticket/steps.h"

namespace tr::aws {
namespace {

constexpr int kMaxLimit = 200;

void Count(store::TeamCount& count, const store::QueueEntry& entry) {
  const bool first = count.escalate + count.priority + count.normal == 0;
  if (first || entry.received_at < count.oldest) count.oldest = entry.received_at;
  switch (entry.rank) {
    case Rank::kEscalate: ++count.escalate; return;
    case Rank::kPriority: ++count.priority; return;
    case Rank::kNormal: ++count.normal; return;
  }
}

}  // namespace

Result<store::TicketPage> DynamoQueues::List(const std::string& team, const std::string& cursor, int limit) {
  store::QueueEntry after;
  if (!cursor.empty() && !ParseEntry(cursor, after)) {
    return Invalid("not a cursor of this queue: begin again without one");
  }
  const auto wanted = static_cast<std::size_t>(std::clamp(limit, 1, kMaxLimit));
  DynamoQuery query{parts_.tables.routes, "", QueuePartition(team)};
  query.from = cursor;
  query.limit = static_cast<int>(wanted) + 2;
  TR_ASSIGN(std::vector<Item> entries, parts_.db.Query(query));
  std::erase_if(entries, [&](const Item& entry) { return TextOf(entry, "sk") == cursor; });
  store::TicketPage page;
  if (entries.size() > wanted) {
    entries.resize(wanted);
    page.next = std::string(TextOf(entries.back(), "sk"));
  }
  for (Item& entry : entries) entry["pk"] = TextValue(TicketPartition(TextOf(entry, "ticket")));
  TR_ASSIGN(page.tickets, TicketsOf(parts_, entries));
  return page;
}

Result<std::vector<store::TeamCount>> DynamoQueues::Counts() {
  TR_ASSIGN(const std::vector<Item> teams, parts_.db.Query({parts_.tables.routes, "", std::string(kTeams)}));
  std::vector<store::TeamCount> counts;
  for (const Item& item : teams) {
    store::TeamCount count;
    count.team = TextOf(item, "name");
    DynamoQuery query{parts_.tables.routes, "", QueuePartition(count.team)};
    query.keys_only = true;
    TR_ASSIGN(const std::vector<Item> entries, parts_.db.Query(query));
    for (const Item& one : entries) {
      store::QueueEntry entry;
      if (ParseEntry(TextOf(one, "sk"), entry)) Count(count, entry);
    }
    if (!entries.empty()) counts.push_back(std::move(count));
  }
  return counts;
}

Result<std::vector<store::UnhandledMessage>> DynamoQueues::Unhandled(Time before, int limit) {
  std::vector<store::UnhandledMessage> messages;
  if (limit < 1 || ToMillis(before) < 1) return messages;
  DynamoQuery query{parts_.tables.tickets, kWork, ""};
  query.to = Padded(ToMillis(before));  // keys of that very moment are longer: they come after it
  query.limit = limit;
  TR_ASSIGN(const Merged merged, QueryShards(parts_.db, query, kUnhandled));
  for (const Item& item : merged.items) {
    if (messages.size() == static_cast<std::size_t>(limit)) break;
    messages.push_back(
        {std::string(TextOf(item, "ticket")), static_cast<int>(NumberOf(item, "n")), FromMillis(NumberOf(item, "at"))});
  }
  return messages;
}

}  // namespace tr::aws
