// The contracts of the store, run on the fakes.

#include "contract/store_contract.h"
#include "testing/memory_queue.h"
#include "testing/memory_store.h"

namespace tr::contract {
namespace {

class MemoryUnderTest : public StoreUnderTest {
 public:
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
  rules::RuleShelf& shelf() override { return store_.shelf(); }
  store::Usage* usage() override { return &store_.usage(); }
  queue::Queue& queue() override { return queue_.queue(); }
  queue::DeadLetters& dead_letters() override { return queue_.dead_letters(); }

 private:
  testing::MemoryStore store_;
  testing::MemoryQueue queue_{clock};
};

std::unique_ptr<StoreUnderTest> MakeMemory() { return std::make_unique<MemoryUnderTest>(); }

TR_RUN_STORE_CONTRACT(Memory, &MakeMemory);
INSTANTIATE_TEST_SUITE_P(Memory, UsageContract, ::testing::Values(&MakeMemory));

}  // namespace
}  // namespace tr::contract
