#pragma once
// In: the store's, the queue's and the shelf's ports. Out: all of them on one SQLite file, DATA/ticket-router.db.
// Never: a decision, a rule, a customer's word in a fault. Start at: SqliteStore::Open, then sqlite_writer.h (how steps
// of concurrent callers share an fsync) and sqlite_schema.cc (the tables and why they look like that).
//
// Several processes may have the same folder open: `serve`, and any number of `ticket-router mail` pipes.

#include <cstdint>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "queue/queue.h"
#include "rules/shelf.h"
#include "store/dump.h"
#include "store/ledger.h"
#include "store/usage.h"

namespace tr::local {

struct SqliteOptions {
  const Clock* clock = nullptr;  // the queue's time; the system's clock when null. Outlives the store.
  Log* log = nullptr;            // checkpoint troubles; none when null. Outlives the store.
  int readers = 4;               // connections for reading at the same time, 1 to 64; each keeps at most 1 MiB
  // Every read shows what was there at the first one, whatever others write meanwhile: for an export. One connection,
  // whatever `readers` says; the log is not copied as long as the store is open.
  bool one_moment = false;
  int cache_kib = 2 * 1024;  // page cache of the writing connection
  // The checkpoint thread copies the log into the file when it holds so many pages of 4 KiB (16 MiB: a restart reads
  // it in some 20 ms, and the pages that every step touches are copied once instead of a thousand times).
  int checkpoint_pages = 4096;
  // Off: the log is copied by the committing thread every 1,000 pages, as SQLite does by itself. For short-lived
  // processes such as `ticket-router mail`, where starting a thread costs more than it saves.
  bool background_checkpoints = true;
};

// What the writer did since the store was opened: for /metrics and benchmarks.
struct SqliteFigures {
  std::uint64_t requests = 0;       // closures run
  std::uint64_t groups = 0;         // transactions committed
  std::uint64_t synced = 0;         // of which ended in an fsync
  std::uint64_t checkpoints = 0;    // runs of the checkpoint thread
  std::uint64_t busy_micros = 0;    // writer thread: between taking a group and waking its callers
  std::uint64_t commit_micros = 0;  // of which inside COMMIT, fsync included
  std::uint64_t recent_hits = 0;    // tickets that were read from memory
};

class SqliteStore {
 public:
  // Opens or makes DATA/ticket-router.db and brings it to this version's schema. The folder is made with mode 0700, its
  // files with 0600. kInvalid: the folder cannot be made or opened. kPermanent: not a database, damaged, or written by
  // a newer version. kTransient: locked by another process for more than ten seconds, or the disk is full.
  static Result<std::unique_ptr<SqliteStore>> Open(const std::string& data_dir, const SqliteOptions& options = {});
  virtual ~SqliteStore() = default;

  virtual store::Ledger& ledger() = 0;
  virtual store::Tickets& tickets() = 0;
  virtual store::Lookups& lookups() = 0;
  virtual store::Queues& queues() = 0;
  virtual store::Deliveries& deliveries() = 0;
  virtual store::Corrections& corrections() = 0;
  virtual store::Audit& audit() = 0;
  virtual store::Originals& originals() = 0;
  virtual store::People& people() = 0;
  virtual store::Eraser& eraser() = 0;
  virtual store::Usage& usage() = 0;
  virtual store::Dump& dump() = 0;
  virtual rules::RuleShelf& shelf() = 0;
  virtual queue::Queue& queue() = 0;
  virtual queue::DeadLetters& dead_letters() = 0;

  virtual SqliteFigures figures() const = 0;
};

// The name of the database inside the data folder.
inline constexpr const char* kDatabaseName = "ticket-router.db";

}  // namespace tr::local
