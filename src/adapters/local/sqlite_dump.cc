#include <algorithm>

#include "base/hash.h"
#include "local/sqlite_codec.h"
#include "local/sqlite_delivery_row.h"
#include "local/sqlite_small_ports.h"

namespace tr::local {
namespace {

using store::DumpPage;
using store::KeptKey;

const SqlText kTickets(
    "SELECT x.body, x.version FROM tr_tickets t JOIN tr_texts x ON x.key = t.num * 1048576 "
    "WHERE t.id > ? AND t.version > 0 ORDER BY t.id LIMIT ?");
const SqlText kDeliveries("SELECT " TR_OUTBOX_COLUMNS " FROM tr_outbox WHERE id > ? ORDER BY id LIMIT ?");
const SqlText kKeys(
    "SELECT k.hash, k.num, k.rest, k.expires_at, x.body FROM tr_keys k "
    "LEFT JOIN tr_texts x ON x.key = k.num * 1048576 WHERE k.hash > ? ORDER BY k.hash LIMIT ?");
const SqlText kHasRows(
    "SELECT EXISTS(SELECT 1 FROM tr_tickets) OR EXISTS(SELECT 1 FROM tr_audit) OR EXISTS(SELECT 1 FROM tr_outbox) OR "
    "EXISTS(SELECT 1 FROM tr_corrections) OR EXISTS(SELECT 1 FROM tr_keys)");
const SqlText kPutKey("REPLACE INTO tr_keys(hash, num, rest, expires_at) VALUES(?, ?, ?, ?)");

Result<KeptKey> ReadKey(const Query& query) {
  KeptKey key{ToHex(query.View(0)), query.Text(2), query.At(3)};
  if (query.Int(1) == 0) return key;
  TR_ASSIGN(const Ticket ticket, ReadTicket(query.View(4), 0));
  key.ticket.insert(0, ticket.id);
  return key;
}

// A page is full before it is known whether it was the last: then the next one is empty.
template <typename Row>
void Finish(DumpPage<Row>& page, int limit, std::string last) {
  if (page.rows.size() == static_cast<std::size_t>(limit)) page.next = std::move(last);
}

}  // namespace

Result<DumpPage<Ticket>> SqliteDump::Tickets(const std::string& cursor, int limit) {
  TR_READ(database);
  Query query(database, kTickets);
  query.Bind(cursor).Bind(limit);
  DumpPage<Ticket> page;
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) break;
    TR_ASSIGN(Ticket ticket, ReadTicket(query.View(0), query.Int(1)));
    page.rows.push_back(std::move(ticket));
  }
  Finish(page, limit, page.rows.empty() ? "" : page.rows.back().id);
  return page;
}

Result<DumpPage<store::Delivery>> SqliteDump::Deliveries(const std::string& cursor, int limit) {
  TR_READ(database);
  Query query(database, kDeliveries);
  query.Bind(cursor).Bind(limit);
  DumpPage<store::Delivery> page;
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) break;
    page.rows.push_back(ReadDelivery(query));
  }
  Finish(page, limit, page.rows.empty() ? "" : page.rows.back().id);
  return page;
}

Result<DumpPage<KeptKey>> SqliteDump::Keys(const std::string& cursor, int limit) {
  KeyHash after{};
  if (!cursor.empty() && !store::FromHex(cursor, after)) return Invalid("not a cursor of the keys");
  TR_READ(database);
  Query query(database, kKeys);
  query.BindBlob(cursor.empty() ? std::string_view("") : View(after)).Bind(limit);
  DumpPage<KeptKey> page;
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) break;
    TR_ASSIGN(KeptKey key, ReadKey(query));
    page.rows.push_back(std::move(key));
  }
  Finish(page, limit, page.rows.empty() ? "" : page.rows.back().hash);
  return page;
}

Result<bool> SqliteDump::IsEmpty() {
  TR_READ(database);
  Query query(database, kHasRows);
  TR_ASSIGN(const bool found, query.Next());
  return found && query.Int(0) == 0;
}

Result<void> SqliteDump::LoadKeys(const std::vector<KeptKey>& keys) {
  auto work = [&](Session& session) -> Result<void> {
    Database& database = session.database();
    for (const KeptKey& key : keys) {
      KeyHash hash;
      if (!store::FromHex(key.hash, hash)) return Bug("a key's hash is none");
      const std::size_t size = std::min(key.ticket.find('#'), key.ticket.size());
      TR_ASSIGN(const std::int64_t num, FindNum(database, std::string_view(key.ticket).substr(0, size)));
      const std::string_view rest = std::string_view(key.ticket).substr(num == 0 ? 0 : size);
      TR_TRY(Query(database, kPutKey).BindBlob(View(hash)).Bind(num).Bind(rest).Bind(key.expires_at).Run());
    }
    return Ok();
  };
  return writer_.Submit(work);
}

}  // namespace tr::local
