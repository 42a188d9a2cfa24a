#include "local/sqlite_store.h"

#include "local/data_lock.h"
#include "local/sqlite_checkpoint.h"
#include "local/sqlite_ledger.h"
#include "local/sqlite_queue.h"
#include "local/sqlite_read_ports.h"
#include "local/sqlite_schema.h"
#include "local/sqlite_small_ports.h"

namespace tr::local {
namespace {

class SystemClock final : public Clock {
 public:
  Time Now() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

const Clock& ClockOf(const SqliteOptions& options) {
  static const SystemClock system;
  return options.clock == nullptr ? system : *options.clock;
}

// Members are destroyed from the last to the first: the checkpoints stop, then the writer, then the readers go.
class Store final : public SqliteStore {
 public:
  Store(const std::string& path, const SqliteOptions& options, std::unique_ptr<Database> writing,
        std::unique_ptr<Database> copying)
      : clock_(ClockOf(options)),
        readers_(path, options.one_moment ? 1 : options.readers, options.one_moment),
        writer_(std::move(writing), Watch(options)),
        recent_(writer_),
        ledger_(writer_, recent_),
        tickets_(readers_, recent_),
        lookups_(readers_),
        queues_(readers_),
        deliveries_(readers_),
        corrections_(readers_),
        audit_(readers_),
        originals_(writer_, readers_),
        people_(writer_, readers_),
        eraser_(writer_, readers_, recent_, path),
        usage_(writer_, readers_),
        dump_(writer_, readers_, ledger_, corrections_, audit_),
        shelf_(writer_, readers_),
        queue_(writer_, readers_, clock_, bell_),
        dead_letters_(writer_, readers_, clock_, bell_) {
    if (copying == nullptr) return;
    checkpointer_ = std::make_unique<Checkpointer>(writer_, std::move(copying), options.log);
  }

  store::Ledger& ledger() override { return ledger_; }
  store::Tickets& tickets() override { return tickets_; }
  store::Lookups& lookups() override { return lookups_; }
  store::Queues& queues() override { return queues_; }
  store::Deliveries& deliveries() override { return deliveries_; }
  store::Corrections& corrections() override { return corrections_; }
  store::Audit& audit() override { return audit_; }
  store::Originals& originals() override { return originals_; }
  store::People& people() override { return people_; }
  store::Eraser& eraser() override { return eraser_; }
  store::Usage& usage() override { return usage_; }
  store::Dump& dump() override { return dump_; }
  rules::RuleShelf& shelf() override { return shelf_; }
  queue::Queue& queue() override { return queue_; }
  queue::DeadLetters& dead_letters() override { return dead_letters_; }

  SqliteFigures figures() const override {
    const WriterFigures& writer = writer_.figures();
    const std::uint64_t checkpoints = checkpointer_ == nullptr ? 0 : checkpointer_->runs();
    return {writer.requests,    writer.groups,        writer.synced, checkpoints,
            writer.busy_micros, writer.commit_micros, recent_.hits()};
  }

 private:
  // Nothing is submitted before the constructor is done, so that recent_ and checkpointer_ are there.
  Writer::Watch Watch(const SqliteOptions& options) {
    Writer::Watch watch;
    watch.post_failed = [log = options.log](const Fault& fault) {
      if (log != nullptr) log->Warning("item_not_queued", {{"trouble", fault.text}});
    };
    if (!options.background_checkpoints) return watch;
    watch.pages = options.checkpoint_pages;
    watch.log_is_long = [this] { checkpointer_->Wake(); };
    watch.others_wrote = [this] { recent_.ForgetAll(); };
    return watch;
  }

  const Clock& clock_;
  Bell bell_;
  ReadPool readers_;
  Writer writer_;
  RecentTickets recent_;
  SqliteLedger ledger_;
  SqliteTickets tickets_;
  SqliteLookups lookups_;
  SqliteQueues queues_;
  SqliteDeliveries deliveries_;
  SqliteCorrections corrections_;
  SqliteAudit audit_;
  SqliteOriginals originals_;
  SqlitePeople people_;
  SqliteEraser eraser_;
  SqliteUsage usage_;
  SqliteDump dump_;
  SqliteRuleShelf shelf_;
  SqliteQueue queue_;
  SqliteDeadLetters dead_letters_;
  std::unique_ptr<Checkpointer> checkpointer_;
};

// What SQLite checkpoints by itself where nobody else does it: its own default.
constexpr int kOwnCheckpointPages = 1000;

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::Open(const std::string& data_dir, const SqliteOptions& options) {
  TR_TRY(MakeDataFolder(data_dir));
  const std::string path = data_dir + "/" + kDatabaseName;
  const int own = options.background_checkpoints ? 0 : kOwnCheckpointPages;
  TR_ASSIGN(auto writing, Database::Open(path, {Use::kWrite, options.cache_kib, own}));
  TR_TRY(Migrate(*writing));
  std::unique_ptr<Database> copying;
  if (options.background_checkpoints) {
    TR_ASSIGN(copying, Database::Open(path, {Use::kWrite, 256, 0}));
  }
  return std::unique_ptr<SqliteStore>(std::make_unique<Store>(path, options, std::move(writing), std::move(copying)));
}

}  // namespace tr::local
