#include <algorithm>

#include "aws/dynamo_ports.h"
#include "aws/dynamo_step.h"
#include "base/text.h"
#include "ticket/steps.h"

namespace tr::aws {
namespace {

constexpr int kMaxLimit = 200;
constexpr std::size_t kMaxLooked = 2000;
constexpr int kLookedAtOnce = 500;  // from each partition

// A cursor is the index's sort key of the last ticket looked at.
bool IsCursor(std::string_view cursor) {
  constexpr std::size_t kDigits = 15;
  if (cursor.empty()) return true;
  return cursor.size() > kDigits && cursor.size() < 600 && cursor[kDigits] == '#' && IsUtf8(cursor) &&
         cursor.substr(0, kDigits).find_first_not_of("0123456789") == std::string_view::npos;
}

bool Fits(const Ticket& ticket, const store::TicketQuery& query, const std::string& folded) {
  if (query.state && ticket.state != *query.state) return false;
  if (query.move && ticket.move != *query.move) return false;
  return folded.empty() || SearchText(ticket).find(folded) != std::string::npos;
}

// By what stands in the index, which may lag: worth loading?
bool MayFit(const Item& item, const store::TicketQuery& query, const std::string& folded) {
  if (!Has(item, "q")) return true;  // the index of open tickets has keys alone
  if (query.state && TextOf(item, "state") != Name(*query.state)) return false;
  if (query.move && TextOf(item, "move") != Name(*query.move)) return false;
  return folded.empty() || TextOf(item, "q").find(folded) != std::string_view::npos;
}

}  // namespace

// Bytes that are no text are nobody's id, and no request can hold them.
Result<Ticket> DynamoTickets::Get(const std::string& id) {
  if (!IsUtf8(id)) return NotFound("no such ticket");
  TR_ASSIGN(const std::optional<Item> item, parts_.db.Get(parts_.tables.tickets, TicketKey(id)));
  if (!item) return NotFound("no such ticket");
  return ReadTicketItem(parts_.blobs, *item);
}

Result<std::vector<Message>> DynamoTickets::Messages(const std::string& id) {
  if (!IsUtf8(id)) return std::vector<Message>();
  DynamoQuery query{parts_.tables.tickets, "", TicketPartition(id)};
  query.from = kMessages;
  TR_ASSIGN(const std::vector<Item> items, parts_.db.Query(query));
  std::vector<Message> messages;
  for (const Item& item : items) {
    TR_ASSIGN(Message message, ReadMessageItem(parts_.blobs, item));
    messages.push_back(std::move(message));
  }
  return messages;
}

// They share a partition, in which the ticket stands first.
Result<store::TicketWithMessages> DynamoTickets::GetWithMessages(const std::string& id) {
  if (!IsUtf8(id)) return NotFound("no such ticket");
  TR_ASSIGN(const std::vector<Item> items, parts_.db.Query({parts_.tables.tickets, "", TicketPartition(id)}));
  if (items.empty() || TextOf(items.front(), "sk") != TicketKey(id).sk) return NotFound("no such ticket");
  store::TicketWithMessages whole;
  TR_ASSIGN(whole.ticket, ReadTicketItem(parts_.blobs, items.front()));
  for (std::size_t i = 1; i < items.size(); ++i) {
    TR_ASSIGN(Message message, ReadMessageItem(parts_.blobs, items[i]));
    whole.messages.push_back(std::move(message));
  }
  return whole;
}

Result<std::vector<store::ReadingRow>> DynamoTickets::Readings(const std::string& id) {
  if (!IsUtf8(id)) return std::vector<store::ReadingRow>();
  TR_ASSIGN(const std::vector<Item> items, parts_.db.Query({parts_.tables.audit, "", TicketPartition(id)}));
  std::vector<store::ReadingRow> rows;
  for (const Item& item : items) {
    TR_ASSIGN(std::vector<store::ReadingRow> some, ReadReadings(parts_.blobs, item));
    std::ranges::move(some, std::back_inserter(rows));
  }
  return rows;
}

Result<store::TicketPage> DynamoTickets::Search(const store::TicketQuery& wanted) {
  if (!IsCursor(wanted.cursor)) return Invalid("not a cursor of this list: begin again without one");
  const auto limit = static_cast<std::size_t>(std::clamp(wanted.limit, 1, kMaxLimit));
  const std::string folded = Fold(wanted.text);
  const bool open = wanted.state && IsOpen(*wanted.state);
  const bool filters = !folded.empty() || wanted.move || (wanted.state && !open);
  DynamoQuery query{parts_.tables.tickets, open ? kWork : kRecent, ""};
  query.descending = true;
  query.to = wanted.cursor;
  query.limit = filters ? kLookedAtOnce : static_cast<int>(limit) + 2;
  const std::string sort = SortOf(query.index);
  store::TicketPage page;
  for (std::size_t looked = 0;;) {
    TR_ASSIGN(Merged merged, QueryShards(parts_.db, query, open ? OpenPrefix(*wanted.state) : std::string(kAll)));
    std::erase_if(merged.items, [&](const Item& item) { return TextOf(item, sort) == query.to; });
    std::vector<Item> likely;
    std::size_t taken = 0;
    for (; taken < merged.items.size() && page.tickets.size() + likely.size() < limit; ++taken) {
      if (MayFit(merged.items[taken], wanted, folded)) likely.push_back(merged.items[taken]);
    }
    TR_ASSIGN(std::vector<Ticket> tickets, TicketsOf(parts_, likely));
    std::erase_if(tickets, [&](const Ticket& ticket) { return !Fits(ticket, wanted, folded); });
    std::ranges::move(tickets, std::back_inserter(page.tickets));
    looked += taken;
    if (taken == merged.items.size() && !merged.more) return page;
    if (taken > 0) query.to = std::string(TextOf(merged.items[taken - 1], sort));
    if (page.tickets.size() < limit && looked < kMaxLooked) continue;
    page.next = query.to;
    return page;
  }
}

}  // namespace tr::aws
