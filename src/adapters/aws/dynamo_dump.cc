#include <algorithm>
#include <map>

#include "aws/dynamo_ports.h"
#include "aws/dynamo_step.h"

namespace tr::aws {

using store::DumpPage;
using store::KeptKey;

namespace {

// The items of a log whose stamps come after `after`, and after which stamp the next ones come; "": there are no more.
struct LogPage {
  std::vector<Item> items;
  std::string next;
};

Result<LogPage> ReadLogPage(DynamoDb& db, const DynamoQuery& query, const std::vector<std::string>& partitions,
                            const std::string& after, int limit, std::string_view stamp) {
  LogCursor cursor;
  cursor.from = after;
  TR_ASSIGN(LogItems log, ReadLog(db, query, partitions, cursor, limit, stamp));
  const bool more = log.more || log.items.size() > static_cast<std::size_t>(limit);
  if (log.items.size() > static_cast<std::size_t>(limit)) log.items.resize(static_cast<std::size_t>(limit));
  LogPage page{std::move(log.items), ""};
  if (more && !page.items.empty()) page.next = std::string(TextOf(page.items.back(), stamp));
  return page;
}

}  // namespace

Result<DumpPage<Ticket>> DynamoDump::Tickets(const std::string& cursor, int limit) {
  DynamoQuery query{parts_.tables.tickets, kRecent, ""};
  query.from = cursor;
  query.limit = limit + 1;
  TR_ASSIGN(Merged merged, QueryShards(parts_.db, query, kAll));
  std::erase_if(merged.items, [&](const Item& item) { return TextOf(item, "rs") == cursor; });
  DumpPage<Ticket> page;
  const auto wanted = static_cast<std::size_t>(limit);
  const bool more = merged.more || merged.items.size() > wanted;
  if (merged.items.size() > wanted) merged.items.resize(wanted);
  if (more && !merged.items.empty()) page.next = std::string(TextOf(merged.items.back(), "rs"));
  TR_ASSIGN(page.rows, TicketsOf(parts_, merged.items));
  return page;
}

Result<DumpPage<store::Delivery>> DynamoDump::Deliveries(const std::string& cursor, int limit) {
  TR_ASSIGN(const DynamoDb::Page scanned, parts_.db.Scan(parts_.tables.routes, "D#", cursor, limit));
  DumpPage<store::Delivery> page{{}, scanned.next};
  for (const Item& item : scanned.items) {
    if (Has(item, "id")) continue;  // a pointer
    TR_ASSIGN(store::Delivery row, ReadDeliveryItem(parts_.blobs, item));
    page.rows.push_back(std::move(row));
  }
  return page;
}

Result<DumpPage<KeptKey>> DynamoDump::Keys(const std::string& cursor, int limit) {
  TR_ASSIGN(const DynamoDb::Page scanned, parts_.db.Scan(parts_.tables.keys, "K#", cursor, limit));
  DumpPage<KeptKey> page{{}, scanned.next};
  for (const Item& item : scanned.items) {
    page.rows.push_back({std::string(TextOf(item, "pk").substr(2)), std::string(TextOf(item, "ticket")),
                         FromMillis(NumberOf(item, "expires"))});
  }
  return page;
}

Result<DumpPage<store::Correction>> DynamoDump::Corrections(const std::string& cursor, int limit) {
  TR_ASSIGN(const LogPage log, ReadLogPage(parts_.db, {parts_.tables.corrections, "", ""},
                                           {std::string(kCorrectionLog)}, cursor, limit, "sk"));
  DumpPage<store::Correction> page{{}, log.next};
  for (const Item& item : log.items) {
    TR_ASSIGN(store::Correction row, ReadCorrectionItem(parts_.blobs, item));
    page.rows.push_back(std::move(row));
  }
  return page;
}

Result<DumpPage<store::AuditRow>> DynamoDump::Audit(const std::string& cursor, int limit) {
  const auto shards = Shards(kLogPrefix);
  TR_ASSIGN(const LogPage log, ReadLogPage(parts_.db, {parts_.tables.audit, kLog, ""}, {shards.begin(), shards.end()},
                                           cursor, limit, "ls"));
  DumpPage<store::AuditRow> page{{}, log.next};
  for (const Item& item : log.items) {
    TR_ASSIGN(std::vector<store::AuditRow> rows, ReadAuditRows(parts_.blobs, item));
    std::ranges::move(rows, std::back_inserter(page.rows));
  }
  return page;
}

Result<bool> DynamoDump::IsEmpty() {
  const Tables& tables = parts_.tables;
  for (const std::string* table : {&tables.tickets, &tables.keys, &tables.audit, &tables.corrections, &tables.routes}) {
    TR_ASSIGN(const DynamoDb::Page page, parts_.db.Scan(*table, "", "", 1));
    if (!page.items.empty()) return false;
  }
  return true;
}

Result<void> DynamoDump::LoadKeys(const std::vector<KeptKey>& keys) {
  std::map<std::string, History> by_ticket;
  for (const KeptKey& key : keys) {
    store::KeyHash hash;
    if (!store::FromHex(key.hash, hash)) return Bug("a key's hash is none");
    TR_TRY(parts_.db.Put(parts_.tables.keys, KeyItem(hash, key.ticket, key.expires_at)));
    by_ticket[key.ticket.substr(0, key.ticket.find('#'))].keys.push_back(key.hash);
  }
  for (auto& [ticket, history] : by_ticket) {
    history.ticket = ticket;
    TextBatch none{""};
    TR_TRY(parts_.db.Put(parts_.tables.audit, HistoryItem(history, parts_.stamps.Next(), none)));
  }
  return Ok();
}

}  // namespace tr::aws
