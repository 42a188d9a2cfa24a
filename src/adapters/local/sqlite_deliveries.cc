#include <algorithm>

#include "local/sqlite_delivery_row.h"
#include "local/sqlite_read_ports.h"

namespace tr::local {
namespace {

using store::Delivery;

// The channels that have pending rows, one seek each: there are few, and one that is down for an hour has many rows.
const SqlText kNextChannel("SELECT min(channel) FROM tr_outbox WHERE state = 0 AND channel > ?");
const SqlText kFirstChannel("SELECT min(channel) FROM tr_outbox WHERE state = 0");
const SqlText kTurn("SELECT 1 FROM tr_turns WHERE channel = ? AND not_before > ?");
const SqlText kDue("SELECT " TR_OUTBOX_COLUMNS
                   " FROM tr_outbox WHERE state = 0 AND channel = ? AND due_at <= ? ORDER BY due_at LIMIT ?");
const SqlText kOfTicket("SELECT " TR_OUTBOX_COLUMNS
                        " FROM tr_outbox WHERE id > ? AND id < ? AND ticket = ? ORDER BY id");
const SqlText kApart("SELECT " TR_OUTBOX_COLUMNS " FROM tr_outbox WHERE apart = 1 AND ticket = ? ORDER BY id");
const SqlText kGet("SELECT " TR_OUTBOX_COLUMNS " FROM tr_outbox WHERE id = ?");

Result<void> Append(std::vector<Delivery>& rows, Query& query) {
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return Ok();
    rows.push_back(ReadDelivery(query));
  }
}

// The next channel with pending rows after `channel` ("": the first, even one without a name). False: none.
Result<bool> NextChannel(Database& database, bool first, std::string& channel) {
  const std::string after = channel;
  Query query(database, first ? kFirstChannel : kNextChannel);
  if (!first) query.Bind(after);
  TR_ASSIGN(const bool found, query.Next());
  if (!found || query.IsNull(0)) return false;
  channel = query.Text(0);
  return true;
}

Result<bool> HasTurn(Database& database, const std::string& channel, Time now) {
  Query query(database, kTurn);
  TR_ASSIGN(const bool waits, query.Bind(channel).Bind(now).Next());
  return !waits;
}

}  // namespace

Result<std::vector<Delivery>> SqliteDeliveries::Due(Time now, int limit, const store::ServesChannel& serves) {
  TR_READ(database);
  std::vector<Delivery> rows;
  std::string channel;
  for (bool first = true;; first = false) {
    TR_ASSIGN(const bool found, NextChannel(database, first, channel));
    if (!found) break;
    if (serves && !serves(channel)) continue;
    TR_ASSIGN(const bool has_turn, HasTurn(database, channel, now));
    if (!has_turn) continue;
    Query query(database, kDue);
    query.Bind(channel).Bind(now).Bind(limit);
    TR_TRY(Append(rows, query));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Delivery& a, const Delivery& b) { return a.due_at < b.due_at; });
  if (rows.size() > static_cast<std::size_t>(limit)) rows.resize(static_cast<std::size_t>(limit));
  return rows;
}

Result<std::vector<Delivery>> SqliteDeliveries::OfTicket(const std::string& ticket) {
  std::vector<Delivery> rows;
  if (ticket.empty()) return rows;
  const std::string begin = ticket + "#";
  const std::string end = ticket + "$";  // the character after '#'
  TR_READ(database);
  Query query(database, kOfTicket);
  query.Bind(begin).Bind(end).Bind(ticket);
  TR_TRY(Append(rows, query));
  Query apart(database, kApart);
  apart.Bind(ticket);
  TR_TRY(Append(rows, apart));
  return rows;
}

Result<Delivery> SqliteDeliveries::Get(const std::string& id) {
  TR_READ(database);
  Query query(database, kGet);
  TR_ASSIGN(const bool found, query.Bind(id).Next());
  if (!found) return NotFound("no such delivery");
  return ReadDelivery(query);
}

}  // namespace tr::local
