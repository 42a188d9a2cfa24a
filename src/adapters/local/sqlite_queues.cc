#include <algorithm>

#include "local/sqlite_codec.h"
#include "local/sqlite_read_ports.h"

namespace tr::local {
namespace {

const SqlText kList(
    "SELECT r.place, r.received_at, r.ticket, x.body, x.version "
    "FROM tr_routes r JOIN tr_texts x ON x.key = r.num * 1048576 "
    "WHERE r.team = ? AND (r.place, r.received_at, r.ticket) > (?, ?, ?) "
    "ORDER BY r.place, r.received_at, r.ticket LIMIT ?");
const SqlText kCounts(
    "SELECT c.team, c.place, c.n, (SELECT min(r.received_at) FROM tr_routes r WHERE r.team = c.team AND "
    "r.place = c.place) FROM tr_team_counts c WHERE c.n > 0 ORDER BY c.team");
const SqlText kUnhandled(
    "SELECT x.body, u.n, u.at FROM tr_unhandled u JOIN tr_texts x ON x.key = u.num * 1048576 WHERE u.at < ? "
    "ORDER BY u.at LIMIT ?");

constexpr int kMaxLimit = 200;

// A cursor is the packed key of the last entry given: place, received_at, ticket.
struct Position {
  std::int64_t place = -1;
  std::int64_t received_at = 0;
  std::string ticket;
};

Result<Position> ReadCursor(const std::string& cursor) {
  Position position;
  if (cursor.empty()) return position;
  FieldReader fields(cursor);
  position.place = fields.Int();
  position.received_at = fields.Int();
  position.ticket = fields.Text();
  if (fields.damaged()) return Invalid("not a cursor of this queue: begin again without one");
  return position;
}

std::string CursorAt(const Query& query) {
  std::string cursor;
  AppendField(cursor, query.Int(0));
  AppendField(cursor, query.Int(1));
  AppendField(cursor, query.View(2));
  return cursor;
}

void Count(store::TeamCount& team, std::int64_t place, int n, Time oldest) {
  if (team.escalate + team.priority + team.normal == 0 || oldest < team.oldest) team.oldest = oldest;
  if (place == 0) team.escalate = n;
  if (place == 1) team.priority = n;
  if (place == 2) team.normal = n;
}

}  // namespace

Result<store::TicketPage> SqliteQueues::List(const std::string& team, const std::string& cursor, int limit) {
  TR_ASSIGN(const Position after, ReadCursor(cursor));
  const auto wanted = static_cast<std::size_t>(std::clamp(limit, 1, kMaxLimit));
  TR_READ(database);
  Query query(database, kList);
  query.Bind(team).Bind(after.place).Bind(after.received_at).Bind(after.ticket);
  query.Bind(static_cast<std::int64_t>(wanted + 1));
  store::TicketPage page;
  std::string last;
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return page;
    if (page.tickets.size() == wanted) {
      page.next = last;
      return page;
    }
    last = CursorAt(query);
    TR_ASSIGN(Ticket ticket, ReadTicket(query.View(3), query.Int(4)));
    page.tickets.push_back(std::move(ticket));
  }
}

Result<std::vector<store::TeamCount>> SqliteQueues::Counts() {
  TR_READ(database);
  Query query(database, kCounts);
  std::vector<store::TeamCount> teams;
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return teams;
    if (teams.empty() || teams.back().team != query.View(0)) teams.push_back({.team = query.Text(0)});
    Count(teams.back(), query.Int(1), static_cast<int>(query.Int(2)), query.At(3));
  }
}

Result<std::vector<store::UnhandledMessage>> SqliteQueues::Unhandled(Time before, int limit) {
  TR_READ(database);
  Query query(database, kUnhandled);
  query.Bind(before).Bind(limit);
  std::vector<store::UnhandledMessage> messages;
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return messages;
    TR_ASSIGN(Ticket ticket, ReadTicket(query.View(0), 0));
    messages.push_back({std::move(ticket.id), static_cast<int>(query.Int(1)), query.At(2)});
  }
}

}  // namespace tr::local
