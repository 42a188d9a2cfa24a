#include <algorithm>
#include <charconv>

#include "local/sqlite_codec.h"
#include "local/sqlite_read_ports.h"

namespace tr::local {
namespace {

using store::Correction;

#define TR_CORRECTION_COLUMNS                                                                                \
  "seq, id, ticket, kind, by, at, undoes, from_topic, to_topic, from_team, to_team, reason, after_version, " \
  "made, redacted_text, before"
const SqlText kSince("SELECT " TR_CORRECTION_COLUMNS " FROM tr_corrections WHERE seq > ? ORDER BY seq LIMIT ?");
const SqlText kOfTicket("SELECT " TR_CORRECTION_COLUMNS " FROM tr_corrections WHERE ticket = ? ORDER BY seq");

Correction ReadCorrection(const Query& query) {
  Correction row;
  row.id = query.Text(1);
  row.ticket = query.Text(2);
  row.kind = static_cast<store::CorrectionKind>(query.Int(3));
  row.by = query.Text(4);
  row.at = query.At(5);
  row.undoes = query.Text(6);
  row.from_topic = query.Text(7);
  row.to_topic = query.Text(8);
  row.from_team = query.Text(9);
  row.to_team = query.Text(10);
  row.reason = query.Text(11);
  row.after_version = query.Int(12);
  for (FieldReader made(query.View(13)); !made.AtEnd();) row.made.emplace_back(made.Text());
  row.redacted_text = query.Text(14);
  row.before = query.Text(15);
  return row;
}

Result<std::int64_t> ReadCursor(const std::string& cursor) {
  std::int64_t seq = 0;
  if (cursor.empty()) return seq;
  const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), seq);
  if (error != std::errc() || end != cursor.data() + cursor.size()) {
    return Invalid("not a cursor of the corrections: begin again without one");
  }
  return seq;
}

}  // namespace

Result<store::Corrections::Page> SqliteCorrections::Since(const std::string& cursor, int limit) {
  TR_ASSIGN(const std::int64_t after, ReadCursor(cursor));
  TR_READ(database);
  Query query(database, kSince);
  query.Bind(after).Bind(std::max(limit, 1));
  Page page{{}, cursor};
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return page;
    page.rows.push_back(ReadCorrection(query));
    page.cursor = std::to_string(query.Int(0));
  }
}

Result<std::vector<Correction>> SqliteCorrections::OfTicket(const std::string& ticket) {
  TR_READ(database);
  Query query(database, kOfTicket);
  query.Bind(ticket);
  std::vector<Correction> rows;
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return rows;
    rows.push_back(ReadCorrection(query));
  }
}

}  // namespace tr::local
