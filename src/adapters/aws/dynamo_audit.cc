#include <algorithm>

#include "aws/dynamo_ports.h"
#include "aws/dynamo_step.h"

namespace tr::aws {
namespace {

using store::AuditRow;

std::vector<std::string> LogPartitions() {
  const auto shards = Shards(kLogPrefix);
  return {shards.begin(), shards.end()};
}

// As many as a cursor remembers.
constexpr int kYoung = 300;

}  // namespace

Result<std::vector<AuditRow>> DynamoAudit::OfTicket(const std::string& ticket) {
  TR_ASSIGN(const std::vector<Item> items, parts_.db.Query({parts_.tables.audit, "", TicketPartition(ticket)}));
  std::vector<AuditRow> rows;
  for (const Item& item : items) {
    TR_ASSIGN(std::vector<AuditRow> some, ReadAuditRows(parts_.blobs, item));
    std::ranges::move(some, std::back_inserter(rows));
  }
  return rows;
}

Result<store::Audit::Page> DynamoAudit::Since(const std::string& cursor, int limit) {
  if (cursor == "now") return Now();
  TR_ASSIGN(LogCursor at, LogCursor::Read(cursor));
  const auto wanted = static_cast<std::size_t>(std::max(limit, 1));
  TR_ASSIGN(LogItems log,
            ReadLog(parts_.db, {parts_.tables.audit, kLog, ""}, LogPartitions(), at, static_cast<int>(wanted), "ls"));
  // What was begun is ended first: a row that appeared late stands before it, and a cursor knows of one that was begun.
  std::ranges::stable_partition(log.items, [&](const Item& item) { return TextOf(item, "ls") == at.partial; });
  Page page{{}, cursor};
  std::size_t next = 0;
  for (; next < log.items.size(); ++next) {
    const std::string stamp(TextOf(log.items[next], "ls"));
    if (page.rows.size() == wanted || !at.MayGive(stamp, parts_.clock.Now())) break;
    TR_ASSIGN(std::vector<AuditRow> rows, ReadAuditRows(parts_.blobs, log.items[next]));
    const auto skip = std::min(rows.size(), at.partial == stamp ? static_cast<std::size_t>(at.given) : 0);
    const auto end = std::min(rows.size(), skip + wanted - page.rows.size());
    for (std::size_t i = skip; i < end; ++i) page.rows.push_back(std::move(rows[i]));
    if (end == rows.size()) {
      at.Give(stamp);
    } else {
      at.partial = stamp;
      at.given = static_cast<int>(end);
    }
  }
  if (page.rows.empty()) return page;
  at.Settle(parts_.clock.Now(), next < log.items.size() ? TextOf(log.items[next], "ls") : std::string_view());
  page.cursor = at.Write();
  return page;
}

// The end of today: what is older than the window, and the newest of what is younger. In a log with more young rows
// than a cursor remembers, the others of them come once more.
Result<store::Audit::Page> DynamoAudit::Now() {
  LogCursor at;
  const Time now = parts_.clock.Now();
  at.from = LogCursor::Before(now - kWindow);
  TR_ASSIGN(const LogItems log, ReadLog(parts_.db, {parts_.tables.audit, kLog, ""}, LogPartitions(), at, kYoung, "ls"));
  const std::size_t first = log.items.size() > kYoung ? log.items.size() - kYoung : 0;
  for (std::size_t i = first; i < log.items.size(); ++i) at.Give(std::string(TextOf(log.items[i], "ls")));
  at.Settle(now);
  return Page{{}, at.Write()};
}

}  // namespace tr::aws
