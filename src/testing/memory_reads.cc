#include "testing/memory_reads.h"

#include <algorithm>
#include <functional>
#include <limits>

#include "base/text.h"

namespace tr::testing {
namespace {

using store::Delivery;
using store::QueueEntry;
using store::TicketPage;
using store::TicketQuery;
using store::TicketWithMessages;

std::size_t AtMost(int limit) { return static_cast<std::size_t>(std::max(limit, 0)); }

template <typename T>
void Cut(std::vector<T>& rows, int limit) {
  if (rows.size() > AtMost(limit)) rows.erase(rows.begin() + limit, rows.end());
}

// Keys whose text order is the list's order; a page's cursor is the key of its last ticket.
std::string AgeKey(const Ticket& ticket) { return FormatTime(ticket.received_at) + ticket.id; }

std::string PlaceKey(const QueueEntry& entry) {
  const char rank = static_cast<char>('9' - static_cast<int>(entry.rank));
  return rank + FormatTime(entry.received_at) + entry.ticket;
}

bool NewerFirst(const Ticket& a, const Ticket& b) { return AgeKey(b) < AgeKey(a); }

bool Matches(const Ticket& ticket, const TicketQuery& query) {
  if (query.state && ticket.state != *query.state) return false;
  if (query.move && ticket.move != *query.move) return false;
  const std::string wanted = Fold(query.text);
  return std::ranges::any_of(std::vector{&ticket.subject, &ticket.customer.address, &ticket.id},
                             [&](const std::string* text) { return Fold(*text).find(wanted) != std::string::npos; });
}

template <typename Order>
TicketPage PageOf(const std::map<std::string, Ticket, Order>& list, const std::string& cursor, int limit) {
  TicketPage page;
  auto at = cursor.empty() ? list.begin() : list.upper_bound(cursor);
  for (; at != list.end() && page.tickets.size() < AtMost(limit); ++at) page.tickets.push_back(at->second);
  if (at != list.end() && at != list.begin()) page.next = std::prev(at)->first;
  return page;
}

}  // namespace

Result<Ticket> MemoryTickets::Get(const std::string& id) {
  const std::lock_guard lock(data_.mutex);
  const auto found = data_.tickets.find(id);
  if (found == data_.tickets.end()) return NotFound("no such ticket");
  return found->second;
}

Result<std::vector<Message>> MemoryTickets::Messages(const std::string& id) {
  const std::lock_guard lock(data_.mutex);
  std::vector<Message> messages;
  auto at = data_.messages.lower_bound({id, std::numeric_limits<int>::min()});
  for (; at != data_.messages.end() && at->first.first == id; ++at) messages.push_back(at->second);
  return messages;
}

Result<TicketWithMessages> MemoryTickets::GetWithMessages(const std::string& id) {
  TR_ASSIGN(Ticket ticket, Get(id));
  TR_ASSIGN(std::vector<Message> messages, Messages(id));
  return TicketWithMessages{std::move(ticket), std::move(messages)};
}

Result<std::vector<store::ReadingRow>> MemoryTickets::Readings(const std::string& id) {
  const std::lock_guard lock(data_.mutex);
  const auto found = data_.readings.find(id);
  return found == data_.readings.end() ? std::vector<store::ReadingRow>() : found->second;
}

Result<TicketPage> MemoryTickets::Search(const TicketQuery& query) {
  const std::lock_guard lock(data_.mutex);
  std::map<std::string, Ticket, std::greater<>> found;
  for (const auto& [id, ticket] : data_.tickets) {
    if (Matches(ticket, query)) found.emplace(AgeKey(ticket), ticket);
  }
  return PageOf(found, query.cursor, query.limit);
}

std::optional<std::string> MemoryLookups::Find(const store::KeyHash& hash, Time now) const {
  const auto found = data_.keys.find(store::Hex(hash));
  if (found == data_.keys.end() || found->second.expires_at <= now) return std::nullopt;
  return found->second.ticket;
}

Result<std::optional<std::string>> MemoryLookups::ByKey(const std::string& key, Time now) {
  const std::lock_guard lock(data_.mutex);
  return Find(store::HashKey(key), now);
}

Result<std::optional<std::string>> MemoryLookups::ByThread(const std::vector<std::string>& message_ids, Time now) {
  const std::lock_guard lock(data_.mutex);
  for (const std::string& message_id : message_ids) {
    if (auto ticket = Find(store::HashThread(message_id), now)) return ticket;
  }
  return std::optional<std::string>();
}

Result<std::vector<Ticket>> MemoryLookups::OfCustomer(const std::string& address, Time since, int limit) {
  const std::lock_guard lock(data_.mutex);
  std::vector<Ticket> found;
  for (const auto& [id, ticket] : data_.tickets) {
    if (ticket.customer.address == address && ticket.received_at >= since) found.push_back(ticket);
  }
  std::ranges::sort(found, NewerFirst);
  Cut(found, limit);
  return found;
}

Result<TicketPage> MemoryQueues::List(const std::string& team, const std::string& cursor, int limit) {
  const std::lock_guard lock(data_.mutex);
  const auto entries = data_.entries.find(team);
  if (entries == data_.entries.end()) return TicketPage{};
  std::map<std::string, Ticket> list;
  for (const QueueEntry& entry : entries->second) {
    const auto ticket = data_.tickets.find(entry.ticket);
    if (ticket != data_.tickets.end()) list.emplace(PlaceKey(entry), ticket->second);
  }
  return PageOf(list, cursor, limit);
}

Result<std::vector<store::TeamCount>> MemoryQueues::Counts() {
  const std::lock_guard lock(data_.mutex);
  std::vector<store::TeamCount> counts;
  for (const auto& [team, entries] : data_.entries) {
    store::TeamCount& count = counts.emplace_back(store::TeamCount{team, 0, 0, 0, Time::max()});
    for (const QueueEntry& entry : entries) {
      count.escalate += entry.rank == Rank::kEscalate ? 1 : 0;
      count.priority += entry.rank == Rank::kPriority ? 1 : 0;
      count.normal += entry.rank == Rank::kNormal ? 1 : 0;
      count.oldest = std::min(count.oldest, entry.received_at);
    }
  }
  return counts;
}

Result<std::vector<store::UnhandledMessage>> MemoryQueues::Unhandled(Time before, int limit) {
  const std::lock_guard lock(data_.mutex);
  std::vector<store::UnhandledMessage> found;
  for (const auto& [key, message] : data_.messages) {
    const bool waits = message.state == MessageState::kReceived && message.at < before;
    if (waits) found.push_back({message.ticket, message.n, message.at});
  }
  std::ranges::sort(found, [](const auto& a, const auto& b) {
    return std::tie(a.at, a.ticket, a.message) < std::tie(b.at, b.ticket, b.message);
  });
  Cut(found, limit);
  return found;
}

Result<std::vector<Delivery>> MemoryDeliveries::Due(Time now, int limit, const store::ServesChannel& serves) {
  const std::lock_guard lock(data_.mutex);
  return data_.outbox.Due(now, AtMost(limit), serves, data_.turns);
}

Result<std::vector<Delivery>> MemoryDeliveries::OfTicket(const std::string& ticket) {
  const std::lock_guard lock(data_.mutex);
  return data_.outbox.OfTicket(ticket);
}

Result<Delivery> MemoryDeliveries::Get(const std::string& id) {
  const std::lock_guard lock(data_.mutex);
  const Delivery* found = data_.outbox.Find(id);
  if (found == nullptr) return NotFound("no such delivery");
  return *found;
}

}  // namespace tr::testing
