#include "local/sqlite_codec.h"
#include "local/sqlite_read_ports.h"

namespace tr::local {
namespace {

// The ticket's id stands in its JSON: keys are asked for far more often than they are found.
const SqlText kByKey(
    "SELECT k.num, k.rest, x.body FROM tr_keys k LEFT JOIN tr_texts x ON x.key = k.num * 1048576 "
    "WHERE k.hash = ? AND k.expires_at > ?");
const SqlText kOfCustomer(
    "SELECT x.body, x.version FROM tr_customers c JOIN tr_texts x ON x.key = c.num * 1048576 "
    "WHERE c.hash = ? AND c.received_at >= ? ORDER BY c.received_at DESC, c.num DESC LIMIT ?");

Result<std::optional<std::string>> ByHash(Database& database, const KeyHash& hash, Time now) {
  Query query(database, kByKey);
  TR_ASSIGN(const bool found, query.BindBlob(View(hash)).Bind(now).Next());
  if (!found) return std::optional<std::string>();
  if (query.Int(0) == 0) return std::optional<std::string>(query.Text(1));
  TR_ASSIGN(Ticket ticket, ReadTicket(query.View(2), 0));
  return std::optional<std::string>(ticket.id.append(query.View(1)));
}

}  // namespace

Result<std::optional<std::string>> SqliteLookups::ByKey(const std::string& key, Time now) {
  TR_READ(database);
  return ByHash(database, HashKey(key), now);
}

Result<std::optional<std::string>> SqliteLookups::ByThread(const std::vector<std::string>& message_ids, Time now) {
  TR_READ(database);
  for (const std::string& message_id : message_ids) {
    TR_ASSIGN(std::optional<std::string> ticket, ByHash(database, HashThread(message_id), now));
    if (ticket) return ticket;
  }
  return std::optional<std::string>();
}

Result<std::vector<Ticket>> SqliteLookups::OfCustomer(const std::string& address, Time since, int limit) {
  std::vector<Ticket> tickets;
  if (address.empty()) return tickets;
  TR_READ(database);
  Query query(database, kOfCustomer);
  query.Bind(HashAddress(address)).Bind(since).Bind(limit);
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return tickets;
    TR_ASSIGN(Ticket ticket, ReadTicket(query.View(0), query.Int(1)));
    // 64 bits of a hash may be shared.
    if (ticket.customer.address == address) tickets.push_back(std::move(ticket));
  }
}

}  // namespace tr::local
