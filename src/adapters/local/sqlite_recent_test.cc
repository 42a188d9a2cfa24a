// Tickets that are read from memory must be what the file holds, whoever wrote it.
#include "local/sqlite_recent.h"

#include <gmock/gmock.h>

#include <thread>

#include "local/local_test_folder.h"

namespace tr::local {
namespace {

std::unique_ptr<SqliteStore> MustOpen(const std::string& path, const SqliteOptions& options = {}) {
  auto store = SqliteStore::Open(path, options);
  if (!store.ok()) {
    ADD_FAILURE() << store.fault().text;
    std::abort();
  }
  return *std::move(store);
}

// The ticket's next version, with a subject that tells which one it is.
Result<void> Touch(SqliteStore& store, const Ticket& before, const std::string& subject) {
  Ticket after = before;
  after.subject = subject;
  store::Step step;
  Message message;
  message.ticket = before.id;
  message.n = ++after.messages;
  message.text = subject;
  step.messages.push_back(message);
  step.readings.push_back({before.id, message.n, kTestTime, {}});
  store::AddTicket(step, before, after);
  return store.ledger().Commit(step, kTestTime);
}

class RecentTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = MustOpen(folder_.path());
    ASSERT_TRUE(store_->ledger().Commit(AcceptStep(1), kTestTime).ok());
  }
  Ticket Get(SqliteStore& store) { return *store.tickets().Get(TestId(1)); }

  TestFolder folder_;
  std::unique_ptr<SqliteStore> store_;
};

// Fails when SQLite no longer keeps the count of commits where we look for it: then everything works, more slowly.
TEST_F(RecentTest, ATicketOfThisProcessIsReadFromMemory) {
  EXPECT_EQ(Get(*store_), TestTicket(1));
  EXPECT_EQ(store_->figures().recent_hits, 1u);
  ASSERT_TRUE(Touch(*store_, Get(*store_), "second").ok());
  EXPECT_EQ(Get(*store_).subject, "second");
  const auto messages = store_->tickets().Messages(TestId(1));
  ASSERT_TRUE(messages.ok() && messages->size() == 2);
  EXPECT_EQ(messages->back().text, "second");
  EXPECT_EQ(store_->tickets().Readings(TestId(1))->size(), 1u);
  EXPECT_EQ(store_->figures().recent_hits, 5u);
}

TEST_F(RecentTest, MemoryAndFileSayTheSame) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(Touch(*store_, Get(*store_), "touch " + std::to_string(i)).ok());
  const auto other = MustOpen(folder_.path());
  EXPECT_EQ(Get(*store_), Get(*other));
  EXPECT_EQ(*store_->tickets().Messages(TestId(1)), *other->tickets().Messages(TestId(1)));
  EXPECT_EQ(store_->tickets().Readings(TestId(1))->size(), other->tickets().Readings(TestId(1))->size());
  EXPECT_EQ(other->figures().recent_hits, 0u);
}

TEST_F(RecentTest, WhatAnotherProcessWroteIsSeenAtOnce) {
  const auto other = MustOpen(folder_.path(), {.background_checkpoints = false});
  for (int i = 0; i < 10; ++i) {
    const std::string subject = "touch " + std::to_string(i);
    ASSERT_TRUE(Touch(i % 3 == 0 ? *other : *store_, Get(*store_), subject).ok());
    EXPECT_EQ(Get(*store_).subject, subject);
    EXPECT_EQ(Get(*other).subject, subject);
  }
}

TEST_F(RecentTest, AStepThatFailedChangesNothing) {
  const Ticket before = Get(*store_);
  ASSERT_TRUE(Touch(*store_, before, "second").ok());
  EXPECT_FALSE(Touch(*store_, before, "stale").ok());
  EXPECT_EQ(Get(*store_).subject, "second");
  EXPECT_EQ(store_->tickets().Messages(TestId(1))->size(), 2u);
  EXPECT_FALSE(store_->ledger().Commit(AcceptStep(1), kTestTime).ok());
  EXPECT_EQ(Get(*store_).subject, "second");
}

TEST_F(RecentTest, WordsThatWereErasedAreGone) {
  ASSERT_TRUE(store_->eraser().Forget(TestId(1), kTestTime).ok());
  EXPECT_EQ(Get(*store_).subject, "");
  EXPECT_EQ(store_->tickets().Messages(TestId(1))->front().text, "");
}

// Callers race for the same few tickets: whoever has changed one reads that or something later.
TEST_F(RecentTest, NobodyReadsWhatIsOlderThanTheirOwn) {
  constexpr int kTickets = 3;
  for (int i = 2; i <= kTickets; ++i) ASSERT_TRUE(store_->ledger().Commit(AcceptStep(i), kTestTime).ok());
  const auto other = MustOpen(folder_.path(), {.background_checkpoints = false});
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 6; ++caller) {
    callers.emplace_back([&, caller] {
      SqliteStore& store = caller == 5 ? *other : *store_;
      for (int i = 0; i < 150; ++i) {
        const std::string id = TestId(1 + (i + caller) % kTickets);
        const auto before = store.tickets().Get(id);
        ASSERT_TRUE(before.ok());
        if (!Touch(store, *before, "x").ok()) continue;
        const auto after = store_->tickets().Get(id);
        ASSERT_TRUE(after.ok());
        EXPECT_GT(after->version, before->version);
        const auto messages = store_->tickets().Messages(id);
        ASSERT_TRUE(messages.ok());
        EXPECT_GE(messages->size(), static_cast<std::size_t>(after->messages));
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  const auto fresh = MustOpen(folder_.path());
  for (int i = 1; i <= kTickets; ++i) {
    EXPECT_EQ(*store_->tickets().Get(TestId(i)), *fresh->tickets().Get(TestId(i)));
    EXPECT_EQ(*store_->tickets().Messages(TestId(i)), *fresh->tickets().Messages(TestId(i)));
  }
}

}  // namespace
}  // namespace tr::local
