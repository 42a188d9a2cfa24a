// The contracts of the store, run on DynamoDB as it stands in the environment, with S3 beside it where that is there
// too. Queue and shelf are others' and stand in memory here.

#include "contract/store_contract.h"
#include "dynamo/dynamo_here.h"
#include "dynamo/here_blobs.h"
#include "testing/memory_queue.h"
#include "testing/memory_shelf.h"

namespace tr::contract {
namespace {

// What outlives each process that has the store open.
struct Lasting {
  aws::FreshTables tables;
  aws::HereBlobs blobs;
  testing::MemoryShelf shelf;
  testing::ManualClock clock;
  testing::MemoryQueue queue{clock};
};

class DynamoUnderTest : public StoreUnderTest {
 public:
  explicit DynamoUnderTest(std::shared_ptr<Lasting> lasting)
      : lasting_(std::move(lasting)),
        store_(aws::Here().client(), lasting_->blobs.get(), clock, lasting_->tables.prefix()) {}
  store::Ledger& ledger() override { return store_.ledger(); }
  store::Tickets& tickets() override { return store_.tickets(); }
  store::Lookups& lookups() override { return store_.lookups(); }
  store::Queues& queues() override { return store_.queues(); }
  store::Deliveries& deliveries() override { return store_.deliveries(); }
  store::Corrections& corrections() override { return store_.corrections(); }
  store::Audit& audit() override { return store_.audit(); }
  store::Originals& originals() override { return store_.originals(); }
  store::People& people() override { return store_.people(); }
  store::Eraser& eraser() override { return store_.eraser(); }
  store::Dump& dump() override { return store_.dump(); }
  store::Usage* usage() override { return &store_.usage(); }
  rules::RuleShelf& shelf() override { return lasting_->shelf; }
  queue::Queue& queue() override { return lasting_->queue; }
  queue::DeadLetters& dead_letters() override { return lasting_->queue; }
  std::unique_ptr<StoreUnderTest> Again() override { return std::make_unique<DynamoUnderTest>(lasting_); }

 private:
  std::shared_ptr<Lasting> lasting_;
  aws::DynamoStore store_;
};

std::unique_ptr<StoreUnderTest> MakeDynamo() { return std::make_unique<DynamoUnderTest>(std::make_shared<Lasting>()); }

INSTANTIATE_TEST_SUITE_P(Dynamo, LedgerContract, ::testing::Values(&MakeDynamo));
INSTANTIATE_TEST_SUITE_P(Dynamo, TicketsContract, ::testing::Values(&MakeDynamo));
INSTANTIATE_TEST_SUITE_P(Dynamo, LookupsContract, ::testing::Values(&MakeDynamo));
INSTANTIATE_TEST_SUITE_P(Dynamo, QueuesContract, ::testing::Values(&MakeDynamo));
INSTANTIATE_TEST_SUITE_P(Dynamo, DeliveriesContract, ::testing::Values(&MakeDynamo));
INSTANTIATE_TEST_SUITE_P(Dynamo, CursorContract, ::testing::Values(&MakeDynamo));
INSTANTIATE_TEST_SUITE_P(Dynamo, KeepContract, ::testing::Values(&MakeDynamo));
INSTANTIATE_TEST_SUITE_P(Dynamo, EraserContract, ::testing::Values(&MakeDynamo));
INSTANTIATE_TEST_SUITE_P(Dynamo, CarryContract, ::testing::Values(&MakeDynamo));
INSTANTIATE_TEST_SUITE_P(Dynamo, UsageContract, ::testing::Values(&MakeDynamo));
INSTANTIATE_TEST_SUITE_P(Dynamo, ProcessesContract, ::testing::Values(&MakeDynamo));

}  // namespace
}  // namespace tr::contract
