#include <algorithm>
#include <limits>

#include "local/sqlite_codec.h"
#include "local/sqlite_read_ports.h"

namespace tr::local {
namespace {

using store::AuditRow;

const SqlText kOfTicket("SELECT rows FROM tr_audit WHERE num = ? AND rows IS NOT NULL ORDER BY seq");
const SqlText kLast("SELECT coalesce(max(seq), 0) FROM tr_audit");
// The ticket's id stands in its JSON.
const SqlText kSince(
    "SELECT a.seq, a.rows, x.body FROM tr_audit a JOIN tr_texts x ON x.key = a.num * 1048576 "
    "WHERE a.seq >= ? AND a.rows IS NOT NULL ORDER BY a.seq");

// A cursor is the packed pair of the stored row to begin with and how many audit rows of it were given already.
struct Position {
  std::int64_t seq = 0;
  std::int64_t given = 0;
};

Result<Position> ReadCursor(Database& database, const std::string& cursor) {
  Position position;
  if (cursor.empty()) return position;
  if (cursor == "now") {
    Query query(database, kLast);
    TR_ASSIGN(const bool found, query.Next());
    if (found) position.seq = query.Int(0) + 1;
    return position;
  }
  FieldReader fields(cursor);
  position.seq = fields.Int();
  position.given = fields.Int();
  if (fields.damaged() || position.given < 0) return Invalid("not a cursor of the audit: begin again without one");
  return position;
}

std::string WriteCursor(const Position& position) {
  std::string cursor;
  AppendField(cursor, position.seq);
  AppendField(cursor, position.given);
  return cursor;
}

void Append(std::vector<AuditRow>& rows, std::vector<AuditRow>&& more) {
  rows.insert(rows.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

Result<std::vector<AuditRow>> SqliteAudit::OfTicket(const std::string& ticket) {
  TR_READ(database);
  std::vector<AuditRow> rows;
  TR_ASSIGN(const std::int64_t num, FindNum(database, ticket));
  if (num == 0) return rows;
  Query query(database, kOfTicket);
  query.Bind(num);
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return rows;
    TR_ASSIGN(std::vector<AuditRow> some, UnpackAudit(query.View(0), ticket));
    Append(rows, std::move(some));
  }
}

Result<store::Audit::Page> SqliteAudit::Since(const std::string& cursor, int limit) {
  const auto wanted = static_cast<std::size_t>(std::max(limit, 1));
  TR_READ(database);
  TR_ASSIGN(Position position, ReadCursor(database, cursor));
  Query query(database, kSince);
  query.Bind(position.seq);
  Page page;
  while (page.rows.size() < wanted) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) break;
    TR_ASSIGN(const Ticket ticket, ReadTicket(query.View(2), 0));
    TR_ASSIGN(std::vector<AuditRow> rows, UnpackAudit(query.View(1), ticket.id));
    const std::size_t skip = query.Int(0) == position.seq ? static_cast<std::size_t>(position.given) : 0;
    const std::size_t end = std::min(rows.size(), skip + (wanted - page.rows.size()));
    for (std::size_t i = skip; i < end; ++i) page.rows.push_back(std::move(rows[i]));
    position =
        end < rows.size() ? Position{query.Int(0), static_cast<std::int64_t>(end)} : Position{query.Int(0) + 1, 0};
  }
  page.cursor = cursor.empty() || cursor == "now" || !page.rows.empty() ? WriteCursor(position) : cursor;
  return page;
}

}  // namespace tr::local
