#pragma once
// One connection to a SQLite file, its prepared statements, and what its errors order. Only this, its .cc
// and the writer's hook know SQLite's C API.

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace tr::local {

// A statement's text, defined once per program at namespace scope; each connection prepares it when it first needs it.
class SqlText {
 public:
  explicit SqlText(const char* text);
  const char* text() const { return text_; }
  std::size_t slot() const { return slot_; }

 private:
  const char* text_;
  std::size_t slot_;
};

// What an SQLite result code orders. REQUIRES: code is neither SQLITE_OK, SQLITE_ROW nor SQLITE_DONE.
//   kTransient: busy, disk full, I/O error, no memory · kPermanent: damaged, not a database, read-only
//   kInvalid: larger than SQLite's limits · kBug: everything else
Fault FaultOfSqlite(int extended_code);

enum class Use { kWrite, kRead };

// kPassive: while others write. kRestart: keeps others from writing, and lets the next commit begin the log anew.
enum class CheckpointMode { kPassive, kRestart };

struct ConnectionOptions {
  Use use = Use::kWrite;
  int cache_kib = 1024;
  int auto_checkpoint_pages = 0;  // 0: never by this connection
};

// Not thread-safe: one thread at a time.
class Database {
 public:
  // Opens the file, makes it if it is absent (mode 0600; write access only), and sets WAL and synchronous=FULL.
  // Faults as FaultOfSqlite. Waits up to ten seconds, here and in every call, for another process's lock.
  static Result<std::unique_ptr<Database>> Open(const std::string& path, const ConnectionOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs statements that take no parameters and give no rows that matter.
  Result<void> Run(const char* sql);

  // Copies the log into the file as far as it can without waiting for anybody; somebody in the way is no fault.
  Result<void> Checkpoint(CheckpointMode mode);

  // The number that SQLite adds one to at each commit of whatever connection and process, in the memory that all of
  // them share (https://www.sqlite.org/walformat.html, "iChange"). Null when there is none. Lives as long as the
  // connection. REQUIRES: the file has been read.
  const volatile std::uint32_t* CommitCounter();

  // The cached statement, or null when it cannot be prepared (then last_code() says why).
  sqlite3_stmt* Prepare(const SqlText& sql);

  // Rows changed by the last statement; by all statements so far.
  int changes() const { return sqlite3_changes(handle_); }
  std::int64_t total_changes() const { return sqlite3_total_changes64(handle_); }
  std::int64_t last_row() const { return sqlite3_last_insert_rowid(handle_); }
  // False after an error that made SQLite roll the transaction back.
  bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
  int last_code() const { return sqlite3_extended_errcode(handle_); }
  sqlite3* handle() { return handle_; }

 private:
  explicit Database(sqlite3* handle) : handle_(handle) {}

  sqlite3* handle_;
  std::vector<sqlite3_stmt*> statements_;  // by SqlText::slot
};

// One execution of a statement. Parameters are bound in order; texts and blobs must live until the query ends.
// At most one Query per SqlText and connection at a time.
class Query {
 public:
  Query(Database& database, const SqlText& sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& Bind(std::int64_t value);
  Query& Bind(int value) { return Bind(static_cast<std::int64_t>(value)); }
  Query& Bind(Time time) { return Bind(ToMillis(time)); }
  Query& Bind(std::string_view text);
  Query& BindBlob(std::string_view bytes);
  Query& BindNull();

  // True: a row stands ready. False: there is no more.
  Result<bool> Next();
  // To the end, whatever rows there are.
  Result<void> Run();

  // Columns from 0. A view lives until the next Next().
  std::int64_t Int(int column) const { return sqlite3_column_int64(statement_, column); }
  Time At(int column) const { return FromMillis(Int(column)); }
  bool IsNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::string_view View(int column) const;
  std::string Text(int column) const { return std::string(View(column)); }

 private:
  Database& database_;
  sqlite3_stmt* statement_;
  int next_parameter_ = 1;
  int bind_code_ = SQLITE_OK;
};

}  // namespace tr::local
