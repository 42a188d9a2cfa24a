// The contracts of the store, run on SQLite in a folder of their own.

#include "contract/folder.h"
#include "contract/store_contract.h"
#include "local/sqlite_store.h"

namespace tr::contract {
namespace {

class SqliteUnderTest : public StoreUnderTest {
 public:
  explicit SqliteUnderTest(std::shared_ptr<const Folder> folder) : folder_(std::move(folder)) {
    local::SqliteOptions options;
    options.clock = &clock;
    auto opened = local::SqliteStore::Open(folder_->path(), options);
    if (!opened.ok()) throw std::runtime_error(opened.fault().text);
    store_ = *std::move(opened);
  }
  store::Ledger& ledger() override { return store_->ledger(); }
  store::Tickets& tickets() override { return store_->tickets(); }
  store::Lookups& lookups() override { return store_->lookups(); }
  store::Queues& queues() override { return store_->queues(); }
  store::Deliveries& deliveries() override { return store_->deliveries(); }
  store::Corrections& corrections() override { return store_->corrections(); }
  store::Audit& audit() override { return store_->audit(); }
  store::Originals& originals() override { return store_->originals(); }
  store::People& people() override { return store_->people(); }
  store::Eraser& eraser() override { return store_->eraser(); }
  store::Dump& dump() override { return store_->dump(); }
  rules::RuleShelf& shelf() override { return store_->shelf(); }
  store::Usage* usage() override { return &store_->usage(); }
  queue::Queue& queue() override { return store_->queue(); }
  queue::DeadLetters& dead_letters() override { return store_->dead_letters(); }
  std::unique_ptr<StoreUnderTest> Again() override { return std::make_unique<SqliteUnderTest>(folder_); }

 private:
  std::shared_ptr<const Folder> folder_;
  std::unique_ptr<local::SqliteStore> store_;
};

std::unique_ptr<StoreUnderTest> MakeSqlite() { return std::make_unique<SqliteUnderTest>(std::make_shared<Folder>()); }

TR_RUN_STORE_CONTRACT(Sqlite, &MakeSqlite);
INSTANTIATE_TEST_SUITE_P(Sqlite, UsageContract, ::testing::Values(&MakeSqlite));
INSTANTIATE_TEST_SUITE_P(Sqlite, ProcessesContract, ::testing::Values(&MakeSqlite));

}  // namespace
}  // namespace tr::contract
