#include "local/sqlite_database.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <thread>

namespace tr::local {
namespace {

std::atomic<std::size_t> next_slot{0};

constexpr auto kLockPatience = std::chrono::seconds(10);

// Another process holds the lock for the time of one fsync: ask again soon, then more seldom.
int WaitForLock(void*, int tries) {
  static thread_local std::chrono::steady_clock::time_point began;
  const auto now = std::chrono::steady_clock::now();
  if (tries == 0) began = now;
  if (now - began > kLockPatience) return 0;
  std::this_thread::sleep_for(std::chrono::microseconds(tries < 20 ? 100 : 1000));
  return 1;
}

// Counting every allocation costs a lock of the whole process. Has no effect once SQLite has been used.
void ConfigureOnce() {
  static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)code;
}

// SQLite would make the file with the umask's mode; its log and index take over the file's mode.
// A file that is there is never opened here: closing it again would drop every lock that this process holds on it
// (POSIX advisory locks), and another process could then take the log away under our connections
// (sqlite.org/howtocorrupt.html, 2.2).
Result<void> MakeOwnFile(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST) return Ok();
  if (file < 0) return Invalid("cannot make " + path + ": check the data folder's owner and rights");
  ::close(file);
  return Ok();
}

std::string Settings(const ConnectionOptions& options) {
  // secure_delete: what is erased is made unreadable by Eraser::Vacuum, in one go. temp_store: the undo of a failed
  // statement stays in memory. journal_size_limit: the log keeps its blocks, so that a commit need not allocate any.
  const std::string cache = "PRAGMA cache_size=-" + std::to_string(options.cache_kib) + ";";
  const std::string common = cache + "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=0;";
  if (options.use == Use::kRead) return common + "PRAGMA query_only=1;";
  return common +
         "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=OFF;PRAGMA journal_size_limit=-1;" +
         "PRAGMA wal_autocheckpoint=" + std::to_string(options.auto_checkpoint_pages) + ";";
}

// Two processes that turn a new file into one with a log at the same time would wait for each other: then SQLite says
// busy without asking WaitForLock.
Result<void> RunPatiently(Database& database, const std::string& sql) {
  const auto until = std::chrono::steady_clock::now() + kLockPatience;
  while (true) {
    Result<void> result = database.Run(sql.c_str());
    const bool busy = !result.ok() && (database.last_code() & 0xff) == SQLITE_BUSY;
    if (!busy || std::chrono::steady_clock::now() > until) return result;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

}  // namespace

SqlText::SqlText(const char* text) : text_(text), slot_(next_slot.fetch_add(1)) {}

Fault FaultOfSqlite(int extended_code) {
  const std::string code = " (SQLite " + std::to_string(extended_code) + ")";
  switch (extended_code & 0xff) {
    case SQLITE_FULL: return Transient("the disk is full: free space in the data folder");
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Transient("the database is busy: another process holds it for long; try again");
    case SQLITE_IOERR: return Transient("the data folder cannot be read or written" + code + ": check its disk");
    case SQLITE_CANTOPEN:
      return Transient("the database cannot be opened" + code + ": check the data folder and the limit of open files");
    case SQLITE_NOMEM: return Transient("out of memory in the database");
    case SQLITE_CORRUPT:
      return Permanent("the database is damaged" + code + ": stop, and restore the data folder from a backup");
    case SQLITE_NOTADB:
      return Permanent("ticket-router.db is not a database of ticket-router: move it away or give another --data");
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return Permanent("the database cannot be written" + code + ": check the data folder's owner and rights");
    case SQLITE_TOOBIG: return Invalid("larger than the database takes");
    default:  // not an enum: SQLite's codes are plain numbers, and newer versions add some
      return Bug("the database refused a statement" + code);
  }
}

Result<std::unique_ptr<Database>> Database::Open(const std::string& path, const ConnectionOptions& options) {
  ConfigureOnce();
  if (options.use == Use::kWrite) TR_TRY(MakeOwnFile(path));
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<Database> database(new Database(handle));
  if (code != SQLITE_OK) return FaultOfSqlite(code);
  sqlite3_busy_handler(handle, WaitForLock, nullptr);
  TR_TRY(RunPatiently(*database, Settings(options)));
  return database;
}

Database::~Database() {
  for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

Result<void> Database::Run(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return FaultOfSqlite(last_code());
  return Ok();
}

Result<void> Database::Checkpoint(CheckpointMode mode) {
  const int how = mode == CheckpointMode::kPassive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_RESTART;
  sqlite3_busy_handler(handle_, nullptr, nullptr);
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, how, nullptr, nullptr);
  sqlite3_busy_handler(handle_, WaitForLock, nullptr);
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) return FaultOfSqlite(code);
  return Ok();
}

const volatile std::uint32_t* Database::CommitCounter() {
  constexpr int kRegion = 32768;  // the unit in which SQLite maps the memory
  constexpr int kCounter = 2;     // the third number of its first region
  sqlite3_file* file = nullptr;
  sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (file == nullptr || file->pMethods == nullptr || file->pMethods->iVersion < 2) return nullptr;
  volatile void* memory = nullptr;
  if (file->pMethods->xShmMap(file, 0, kRegion, 0, &memory) != SQLITE_OK || memory == nullptr) return nullptr;
  return static_cast<volatile std::uint32_t*>(memory) + kCounter;
}

sqlite3_stmt* Database::Prepare(const SqlText& sql) {
  if (sql.slot() >= statements_.size()) statements_.resize(sql.slot() + 1, nullptr);
  sqlite3_stmt*& statement = statements_[sql.slot()];
  if (statement == nullptr) {
    sqlite3_prepare_v3(handle_, sql.text(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  }
  return statement;
}

Query::Query(Database& database, const SqlText& sql) : database_(database), statement_(database.Prepare(sql)) {}

Query::~Query() {
  if (statement_ != nullptr) sqlite3_reset(statement_);
}

Query& Query::Bind(std::int64_t value) {
  if (statement_ != nullptr) bind_code_ |= sqlite3_bind_int64(statement_, next_parameter_++, value);
  return *this;
}

Query& Query::Bind(std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();  // null would bind NULL
  if (statement_ != nullptr) {
    bind_code_ |= sqlite3_bind_text64(statement_, next_parameter_++, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  return *this;
}

Query& Query::BindBlob(std::string_view bytes) {
  const char* data = bytes.data() == nullptr ? "" : bytes.data();
  if (statement_ != nullptr) {
    bind_code_ |= sqlite3_bind_blob64(statement_, next_parameter_++, data, bytes.size(), SQLITE_STATIC);
  }
  return *this;
}

Query& Query::BindNull() {
  if (statement_ != nullptr) bind_code_ |= sqlite3_bind_null(statement_, next_parameter_++);
  return *this;
}

Result<bool> Query::Next() {
  if (statement_ == nullptr || bind_code_ != SQLITE_OK) return FaultOfSqlite(database_.last_code());
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return FaultOfSqlite(database_.last_code());
}

Result<void> Query::Run() {
  while (true) {
    TR_ASSIGN(const bool more, Next());
    if (!more) return Ok();
  }
}

std::string_view Query::View(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

}  // namespace tr::local
