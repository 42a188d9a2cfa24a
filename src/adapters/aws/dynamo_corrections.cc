#include <algorithm>

#include "aws/dynamo_ports.h"
#include "aws/dynamo_step.h"

namespace tr::aws {

using store::Correction;

Result<store::Corrections::Page> DynamoCorrections::Since(const std::string& cursor, int limit) {
  TR_ASSIGN(LogCursor at, LogCursor::Read(cursor));
  const int wanted = std::max(limit, 1);
  TR_ASSIGN(const LogItems log,
            ReadLog(parts_.db, {parts_.tables.corrections, "", ""}, {std::string(kCorrectionLog)}, at, wanted, "sk"));
  Page page{{}, cursor};
  for (const Item& item : log.items) {
    const std::string stamp(TextOf(item, "sk"));
    if (page.rows.size() == static_cast<std::size_t>(wanted) || !at.MayGive(stamp, parts_.clock.Now())) break;
    TR_ASSIGN(Correction row, ReadCorrectionItem(parts_.blobs, item));
    page.rows.push_back(std::move(row));
    at.Give(stamp);
  }
  if (page.rows.empty()) return page;
  at.Settle(parts_.clock.Now());
  page.cursor = at.Write();
  return page;
}

Result<std::vector<Correction>> DynamoCorrections::OfTicket(const std::string& ticket) {
  DynamoQuery query{parts_.tables.corrections, "", TicketPartition(ticket)};
  query.keys_only = true;
  TR_ASSIGN(const std::vector<Item> pointers, parts_.db.Query(query));
  std::vector<Key> keys;
  for (const Item& pointer : pointers)
    keys.push_back({std::string(kCorrectionLog), std::string(TextOf(pointer, "sk"))});
  TR_ASSIGN(std::vector<Item> items, parts_.db.GetMany(parts_.tables.corrections, keys));
  std::ranges::sort(items, {}, [](const Item& item) { return TextOf(item, "sk"); });
  std::vector<Correction> rows;
  for (const Item& item : items) {
    TR_ASSIGN(Correction row, ReadCorrectionItem(parts_.blobs, item));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace tr::aws
