// Why the tables look like this: a form ticket is accepted and landed in some 25 row changes, by one thread, so what
// counts is how many B-trees and pages each of them touches.
//
// - A ticket's id is looked up once, in tr_tickets, for its `num`, a small ascending integer. Everything else hangs on
//   num, so that rows of new tickets are appended at the end of their table.
// - tr_tickets is narrow (some 50 bytes a row): the check of a version touches little, and a search by state may scan.
// - tr_texts holds the ticket's JSON under num * 2^20 and its messages' under num * 2^20 + n, side by side on one page.
//   A ticket's JSON is padded with blanks (`room`), so that landing overwrites it in place instead of splitting pages.
// - tr_audit has one row a step and ticket, with all of that step's audit rows and readings.
// - Unique keys and Message-IDs are stored as the first 128 bits of their SHA-256: short, and without meaning once
//   their ticket is forgotten.
// - Counts are kept (tr_counters, tr_team_counts), once a group of steps, so that nobody counts rows.
//
// For a program that polls from outside: SELECT n FROM tr_counters WHERE name = 'tickets' (ever accepted), 'landed'
// (ever landed).
#include "local/sqlite_schema.h"

#include <array>
#include <string>

namespace tr::local {
namespace {

constexpr const char* kVersion1 = R"sql(
-- id → num. ended_at: ms since 1970 when it was touched last, null while it is open or has no text any more. version 0: a ticket
-- that was only ever named.
CREATE TABLE tr_tickets(
  id TEXT PRIMARY KEY, num INTEGER NOT NULL, version INTEGER NOT NULL, state INTEGER NOT NULL, move INTEGER NOT NULL,
  landed INTEGER NOT NULL, room INTEGER NOT NULL, ended_at INTEGER) WITHOUT ROWID;
CREATE INDEX tr_tickets_ended ON tr_tickets(ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE tr_texts(key INTEGER PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL);

CREATE TABLE tr_customers(
  hash INTEGER, received_at INTEGER, num INTEGER, PRIMARY KEY(hash, received_at, num)) WITHOUT ROWID;

-- What a key stands for is the id of ticket `num`, then `rest` ("#2"); where num is 0, rest alone.
CREATE TABLE tr_keys(
  hash BLOB PRIMARY KEY, num INTEGER NOT NULL, rest TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;

-- Messages in state received.
CREATE TABLE tr_unhandled(num INTEGER, n INTEGER, at INTEGER NOT NULL, PRIMARY KEY(num, n)) WITHOUT ROWID;

CREATE TABLE tr_audit(seq INTEGER PRIMARY KEY, num INTEGER NOT NULL, rows TEXT, readings TEXT);
CREATE INDEX tr_audit_num ON tr_audit(num);

-- The teams' queues. place: 0 escalate, 1 priority, 2 normal.
CREATE TABLE tr_routes(
  team TEXT, place INTEGER, received_at INTEGER, ticket TEXT, num INTEGER NOT NULL,
  PRIMARY KEY(team, place, received_at, ticket)) WITHOUT ROWID;
CREATE TABLE tr_team_counts(team TEXT, place INTEGER, n INTEGER NOT NULL, PRIMARY KEY(team, place)) WITHOUT ROWID;
CREATE TABLE tr_counters(name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO tr_counters VALUES('landed', 0), ('tickets', 0);

-- apart: 1 when the id does not begin with the ticket's id and '#'.
CREATE TABLE tr_outbox(
  id TEXT PRIMARY KEY, ticket TEXT NOT NULL, apart INTEGER NOT NULL, kind INTEGER NOT NULL, state INTEGER NOT NULL,
  team TEXT NOT NULL, channel TEXT NOT NULL, fallback INTEGER NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
  message INTEGER NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL, ref TEXT NOT NULL,
  trouble TEXT NOT NULL, changed_at INTEGER NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX tr_outbox_due ON tr_outbox(channel, due_at) WHERE state = 0;
CREATE INDEX tr_outbox_apart ON tr_outbox(ticket) WHERE apart = 1;
CREATE TABLE tr_turns(channel TEXT PRIMARY KEY, not_before INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE tr_corrections(
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ticket TEXT NOT NULL, kind INTEGER NOT NULL, by TEXT NOT NULL,
  at INTEGER NOT NULL, undoes TEXT NOT NULL, from_topic TEXT NOT NULL, to_topic TEXT NOT NULL,
  from_team TEXT NOT NULL, to_team TEXT NOT NULL, reason TEXT NOT NULL, after_version INTEGER NOT NULL,
  made TEXT NOT NULL, redacted_text TEXT NOT NULL, before TEXT NOT NULL);
CREATE INDEX tr_corrections_ticket ON tr_corrections(ticket);

CREATE TABLE tr_blobs(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE tr_originals(
  key TEXT PRIMARY KEY, blob INTEGER NOT NULL, at INTEGER NOT NULL, num INTEGER) WITHOUT ROWID;

CREATE TABLE tr_people(
  digest TEXT PRIMARY KEY, person TEXT NOT NULL, role TEXT NOT NULL, label TEXT NOT NULL,
  created_at INTEGER NOT NULL, expires_at INTEGER) WITHOUT ROWID;

CREATE TABLE tr_rules(
  number INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, difference TEXT NOT NULL,
  topics TEXT NOT NULL, teams TEXT NOT NULL, rules TEXT NOT NULL, tests TEXT);

CREATE TABLE tr_notes(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- An item's key changes with each lease, so that a lease that has run out names nothing.
CREATE TABLE tr_queue(
  visible_at INTEGER, ticket TEXT, message INTEGER, attempts INTEGER NOT NULL, sent_at INTEGER NOT NULL,
  PRIMARY KEY(visible_at, ticket, message)) WITHOUT ROWID;
CREATE TABLE tr_dead(
  id INTEGER PRIMARY KEY AUTOINCREMENT, ticket TEXT NOT NULL, message INTEGER NOT NULL, reason TEXT NOT NULL,
  attempts INTEGER NOT NULL, buried_at INTEGER NOT NULL);
)sql";

// What the model's calls used, by month.
constexpr const char* kVersion2 = R"sql(
CREATE TABLE tr_usage(
  month TEXT PRIMARY KEY, calls INTEGER NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,
  cost_micros INTEGER NOT NULL) WITHOUT ROWID;
)sql";

// Which tickets name an original: its bytes go with the last of them. A message's JSON says what it names.
constexpr const char* kVersion3 = R"sql(
CREATE TABLE tr_owners(blob INTEGER, num INTEGER, PRIMARY KEY(blob, num)) WITHOUT ROWID;
INSERT OR IGNORE INTO tr_owners SELECT blob, num FROM tr_originals WHERE num IS NOT NULL;
INSERT OR IGNORE INTO tr_owners
  SELECT o.blob, x.key >> 20
  FROM tr_texts x JOIN tr_originals o ON o.key = CASE WHEN json_valid(x.body) THEN json_extract(x.body, '$.original') END
  WHERE x.key & 1048575 <> 0;
ALTER TABLE tr_originals DROP COLUMN num;
)sql";

constexpr std::array<const char*, 3> kMigrations = {kVersion1, kVersion2, kVersion3};

const SqlText kReadVersion("PRAGMA user_version");

Result<std::size_t> VersionOf(Database& database) {
  Query query(database, kReadVersion);
  TR_ASSIGN(const bool found, query.Next());
  return found ? static_cast<std::size_t>(query.Int(0)) : std::size_t{0};
}

// One step. Another process may have taken it while we waited for the lock: then there is nothing to do.
Result<void> Upgrade(Database& database, std::size_t from, const char* sql) {
  TR_TRY(database.Run("BEGIN IMMEDIATE"));
  Result<void> result = Ok();
  const Result<std::size_t> version = VersionOf(database);
  if (!version.ok()) result = version.fault();
  if (version.ok() && *version == from) {
    result = database.Run(sql);
    const std::string mark = "PRAGMA user_version=" + std::to_string(from + 1);
    if (result.ok()) result = database.Run(mark.c_str());
  }
  if (result.ok()) result = database.Run("COMMIT");
  if (!result.ok() && database.in_transaction()) (void)database.Run("ROLLBACK").ok();
  return result;
}

}  // namespace

std::span<const char* const> Migrations() { return kMigrations; }

Result<void> Migrate(Database& database, std::span<const char* const> migrations) {
  TR_ASSIGN(std::size_t version, VersionOf(database));
  if (version > migrations.size()) {
    return Permanent("the data folder was written by a newer ticket-router (its version " + std::to_string(version) +
                     ", this program's " + std::to_string(migrations.size()) +
                     "): install that ticket-router, or give another --data");
  }
  for (; version < migrations.size(); ++version) TR_TRY(Upgrade(database, version, migrations[version]));
  return Ok();
}

}  // namespace tr::local
