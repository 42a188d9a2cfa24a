// Texts that are too long for an item: they stand in the bucket, and go from there with their ticket's words.

#include "contract/store_contract.h"
#include "dynamo/dynamo_here.h"
#include "dynamo/memory_blobs.h"

namespace tr::aws {
namespace {

using contract::Must;
using contract::Outcome;
using testing::SampleId;

TEST(DynamoLongTexts, ErasingATicketEmptiesTheBucket) {
  const FreshTables tables;
  const testing::ManualClock clock;
  MemoryBlobs blobs;
  DynamoStore store(Here().client(), blobs, clock, tables.prefix());
  const Time at = clock.Now();
  const std::string id = SampleId(at, 1);
  store::Step step = testing::StepOfNew(testing::SampleTicket(id, at));
  step.messages[0].text = std::string(200'000, 'x');
  Must(store.ledger().Commit(step, at));
  EXPECT_EQ(Must(store.tickets().Messages(id))[0].text.size(), 200'000U);
  EXPECT_EQ(blobs.size(), 1U);

  EXPECT_EQ(Outcome(store.ledger().Commit(step, at)), "conflict");
  EXPECT_EQ(blobs.size(), 1U) << "a refused step leaves nothing";

  store::Step handled;
  handled.messages = step.messages;
  handled.messages[0].state = MessageState::kHandled;
  Must(store.ledger().Commit(handled, at));
  EXPECT_EQ(blobs.size(), 2U) << "the value before stays until the ticket is erased";
  EXPECT_EQ(Must(store.tickets().Messages(id))[0].text.size(), 200'000U);

  Must(store.eraser().Forget(id, at));
  EXPECT_EQ(blobs.size(), 0U);
  EXPECT_EQ(Must(store.tickets().Messages(id))[0].text, "");
}

}  // namespace
}  // namespace tr::aws
