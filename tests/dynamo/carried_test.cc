// From SQLite to DynamoDB and home again: the same file, byte for byte.

#include "base/hash.h"
#include "carry/carry.h"
#include "contract/folder.h"
#include "contract/full_step.h"
#include "contract/store_contract.h"
#include "dynamo/dynamo_here.h"
#include "dynamo/memory_blobs.h"
#include "local/sqlite_store.h"
#include "testing/memory_queue.h"
#include "testing/memory_shelf.h"

namespace tr::contract {
namespace {

using testing::SampleId;

using Lines = std::vector<std::string>;

Lines Exported(const carry::Ports& ports) {
  Lines lines;
  Must(carry::Export(ports, [&lines](std::string_view line) {
    lines.emplace_back(line);
    return Ok();
  }));
  return lines;
}

void Import(const carry::Ports& ports, const Lines& lines) {
  Must(carry::Import(ports, [&lines, next = std::size_t{0}]() mutable -> Result<std::optional<std::string>> {
    if (next == lines.size()) return std::optional<std::string>();
    return std::optional(lines[next++]);
  }));
}

carry::Ports PortsOf(local::SqliteStore& store) {
  return {store.dump(),  store.tickets(), store.originals(), store.people(),
          store.shelf(), store.queue(),   store.usage()};
}

carry::Ports PortsOf(aws::DynamoStore& store, rules::RuleShelf& shelf, queue::Queue& queue) {
  return {store.dump(), store.tickets(), store.originals(), store.people(), shelf, queue, store.usage()};
}

void Fill(local::SqliteStore& store, Time at) {
  for (int i = 1; i <= 40; ++i) {
    store::Step step = FullStep(FullTicket(SampleId(at, i), at + Duration(i)), at);
    step.corrections[0].id = SampleId(at, 600 + i);
    const std::string raw = "raw \xFF bytes " + std::to_string(i);
    step.messages[0].original = ToHex(Sha256(raw));
    if (i % 10 == 0) step.messages[0].text = std::string(200'000, 'x');
    Must(store.originals().Put(step.messages[0].original, raw, step.messages[0].at));
    Must(store.ledger().Commit(step, at));
  }
  Must(store.usage().Add("2026-03", {1, 800, 60, 1100}, std::nullopt));
  Must(store.people().Put({"digest", "lena@shop.example", "lead", "hers", at, std::nullopt}));
  Must(store.shelf().Keep({"a", "b", "c", std::nullopt}, 0, "lena", "first", at));
}

TEST(Carried, FromSqliteToDynamoAndHomeNothingChanges) {
  const Folder first;
  const Folder last;
  const testing::ManualClock clock;
  const auto from = *local::SqliteStore::Open(first.path());
  Fill(*from, clock.Now());
  const Lines lines = Exported(PortsOf(*from));

  aws::FreshTables tables;
  aws::MemoryBlobs blobs;
  aws::DynamoStore dynamo(aws::Here().client(), blobs, clock, tables.prefix());
  testing::MemoryShelf shelf;
  testing::MemoryQueue queue{clock};
  const carry::Ports between = PortsOf(dynamo, shelf, queue.queue());
  Import(between, lines);

  const auto home = *local::SqliteStore::Open(last.path());
  Import(PortsOf(*home), Exported(between));
  const Lines again = Exported(PortsOf(*home));
  ASSERT_EQ(again.size(), lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(again[i].substr(0, 400), lines[i].substr(0, 400));
  EXPECT_TRUE(again == lines);
}

// What is laid into mail/ is announced to the function `mail`, which knows a mail for 90 days.
TEST(Carried, AMailOfLongAgoDoesNotComeInOnceMore) {
  const testing::ManualClock clock;
  const Time at = clock.Now();
  testing::MemoryShelf shelf;
  testing::MemoryQueue queue{clock};
  aws::FreshTables tables;
  aws::MemoryBlobs blobs;
  aws::DynamoStore from(aws::Here().client(), blobs, clock, tables.prefix());
  Must(blobs.Put("mail/old", "raw mail"));
  store::Step step = testing::StepOfNew(testing::SampleTicket(SampleId(at, 1), at));
  step.messages[0].original = "mail/old";
  step.messages.push_back(testing::SampleMessage(step.tickets[0].ticket, 2));
  step.messages[1].original = "mail/removed";
  Must(from.ledger().Commit(step, at));

  aws::FreshTables other_tables;
  aws::MemoryBlobs other_blobs;
  aws::DynamoStore to(aws::Here().client(), other_blobs, clock, other_tables.prefix());
  Import(PortsOf(to, shelf, queue.queue()), Exported(PortsOf(from, shelf, queue.queue())));
  EXPECT_EQ(Outcome(other_blobs.Get("mail/old")), "not_found");
  const std::vector<Message> messages = Must(to.tickets().Messages(SampleId(at, 1)));
  EXPECT_EQ(Must(to.originals().Get(messages[0].original)), "raw mail");
  EXPECT_EQ(messages[1].original, "mail/removed");
}

}  // namespace
}  // namespace tr::contract
