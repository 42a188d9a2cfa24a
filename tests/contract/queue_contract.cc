// Queue and DeadLetters: at least once, and never lost. Time goes by the test's clock.

#include <atomic>
#include <mutex>
#include <set>

#include "contract/hostile_texts.h"
#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using queue::Item;
using queue::Lease;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr Duration kNone{0};
constexpr Duration kMinute = std::chrono::minutes(1);

std::vector<std::string> Tickets(const std::vector<Lease>& leases) {
  std::vector<std::string> tickets;
  for (const Lease& lease : leases) tickets.push_back(lease.item.ticket);
  return tickets;
}

std::vector<Lease> Take(queue::Queue& queue, int max = 64, Duration visibility = kMinute) {
  return Must(queue.Receive(max, visibility, kNone));
}

TEST_P(QueueContract, NothingComesFromAnEmptyQueue) { EXPECT_THAT(Take(store_->queue()), IsEmpty()); }

TEST_P(QueueContract, WhatIsSentIsReceivedOldestFirst) {
  auto& queue = store_->queue();
  for (const char* ticket : {"T3", "T1", "T2"}) {
    Must(queue.Send({ticket, 7}, kNone));
    store_->clock.Advance(Duration(1));
  }
  const auto leases = Take(queue);
  EXPECT_THAT(Tickets(leases), ElementsAre("T3", "T1", "T2"));
  EXPECT_EQ(leases[0].item, (Item{"T3", 7}));
  EXPECT_EQ(leases[0].attempts, 1);
  EXPECT_EQ(leases[0].sent_at, now() - Duration(3));
  EXPECT_NE(leases[0].handle, leases[1].handle);
}

TEST_P(QueueContract, NoMoreThanMaxAreReceived) {
  auto& queue = store_->queue();
  for (int i = 0; i < 70; ++i) Must(queue.Send({"T" + std::to_string(i), 1}, kNone));
  EXPECT_THAT(Take(queue, 1), SizeIs(1));
  EXPECT_THAT(Take(queue, 64), SizeIs(64));
  EXPECT_THAT(Take(queue, 64), SizeIs(5));
  EXPECT_THAT(Take(queue, 64), IsEmpty());
}

TEST_P(QueueContract, AHeldItemIsHiddenUntilItsTimeOut) {
  auto& queue = store_->queue();
  Must(queue.Send({"T1", 1}, kNone));
  const auto first = Take(queue, 1, 100 * tick());
  ASSERT_THAT(first, SizeIs(1));
  store_->clock.Advance(99 * tick());
  EXPECT_THAT(Take(queue), IsEmpty());
  store_->clock.Advance(tick());
  const auto second = Take(queue);
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(second[0].item, first[0].item);
  EXPECT_EQ(second[0].attempts, 2);
  EXPECT_EQ(second[0].sent_at, first[0].sent_at);
  EXPECT_NE(second[0].handle, first[0].handle);
}

TEST_P(QueueContract, AcknowledgedItemsNeverComeAgain) {
  auto& queue = store_->queue();
  for (const char* ticket : {"T1", "T2", "T3"}) Must(queue.Send({ticket, 1}, kNone));
  const auto leases = Take(queue);
  ASSERT_THAT(leases, SizeIs(3));
  EXPECT_EQ(Outcome(queue.Acknowledge({leases[0].handle, leases[2].handle})), "ok");
  store_->clock.Advance(2 * kMinute);
  EXPECT_THAT(Tickets(Take(queue)), ElementsAre(leases[1].item.ticket));
  EXPECT_EQ(Outcome(queue.Acknowledge({})), "ok");
}

TEST_P(QueueContract, AHandleWhoseTimeIsOverDoesNothing) {
  auto& queue = store_->queue();
  Must(queue.Send({"T1", 1}, kNone));
  const std::string late = Take(queue, 1, 10 * tick())[0].handle;
  store_->clock.Advance(10 * tick());
  EXPECT_EQ(Outcome(queue.Acknowledge({late})), "ok") << "ignored";
  const auto second = Take(queue, 1, 100 * tick());
  ASSERT_THAT(second, SizeIs(1)) << "the late acknowledgement took it away";

  (void)queue.Acknowledge({late});
  (void)queue.Release(late, kNone);
  (void)queue.Bury(late, "late");
  EXPECT_THAT(Take(queue), IsEmpty()) << "the late release gave it to a third";
  EXPECT_THAT(Must(store_->dead_letters().List(10)), IsEmpty());
  EXPECT_EQ(Outcome(queue.Acknowledge({second[0].handle})), "ok");
  store_->clock.Advance(1000 * tick());
  EXPECT_THAT(Take(queue), IsEmpty());
}

TEST_P(QueueContract, AHandleThatNobodyGaveDoesNothing) {
  auto& queue = store_->queue();
  Must(queue.Send({"T1", 1}, kNone));
  std::vector<std::string> handles = HostileTexts();
  handles.push_back("");
  handles.push_back("1");
  for (const std::string& handle : handles) {
    (void)queue.Acknowledge({handle});
    (void)queue.Release(handle, kNone);
    (void)queue.Bury(handle, "reason");
  }
  EXPECT_THAT(Take(queue), SizeIs(1));
  EXPECT_THAT(Must(store_->dead_letters().List(10)), IsEmpty());
}

TEST_P(QueueContract, ADelayedItemComesWhenItsTimeHasCome) {
  auto& queue = store_->queue();
  Must(queue.Send({"later", 1}, 50 * tick()));
  Must(queue.Send({"now", 1}, kNone));
  EXPECT_THAT(Tickets(Take(queue)), ElementsAre("now"));
  store_->clock.Advance(49 * tick());
  EXPECT_THAT(Take(queue), IsEmpty());
  store_->clock.Advance(tick());
  EXPECT_THAT(Tickets(Take(queue)), ElementsAre("later"));
}

TEST_P(QueueContract, AReleasedItemComesAgainAfterTheDelay) {
  auto& queue = store_->queue();
  Must(queue.Send({"T1", 1}, kNone));
  Must(queue.Release(Take(queue)[0].handle, 50 * tick()));
  EXPECT_THAT(Take(queue), IsEmpty());
  store_->clock.Advance(50 * tick());
  const auto second = Take(queue);
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(second[0].attempts, 2);
  Must(queue.Release(second[0].handle, kNone));
  EXPECT_EQ(Take(queue)[0].attempts, 3) << "at once";
}

TEST_P(QueueContract, ABuriedItemIsADeadLetter) {
  auto& queue = store_->queue();
  auto& letters = store_->dead_letters();
  for (const char* ticket : {"T1", "T2"}) Must(queue.Send({ticket, 3}, kNone));
  const auto leases = Take(queue, 2, 10 * tick());
  ASSERT_THAT(leases, SizeIs(2));
  Must(queue.Bury(leases[1].handle, "no such 'ticket'"));
  store_->clock.Advance(Duration(1));
  Must(queue.Bury(leases[0].handle, "again"));
  const auto buried = Must(letters.List(10));
  ASSERT_THAT(buried, SizeIs(2));
  EXPECT_EQ(buried[0].item, leases[1].item) << "oldest first";
  EXPECT_EQ(buried[0].reason, "no such 'ticket'");
  EXPECT_EQ(buried[0].attempts, 1);
  EXPECT_EQ(buried[0].buried_at, now() - Duration(1));
  EXPECT_EQ(buried[1].item, leases[0].item);
  EXPECT_NE(buried[0].id, buried[1].id);
  EXPECT_THAT(Must(letters.List(1)), SizeIs(1));
  store_->clock.Advance(kMinute);
  EXPECT_THAT(Take(queue), IsEmpty());
}

TEST_P(QueueContract, ARedrivenLetterBeginsAnew) {
  auto& queue = store_->queue();
  auto& letters = store_->dead_letters();
  Must(queue.Send({"T1", 3}, kNone));
  Must(queue.Release(Take(queue)[0].handle, kNone));
  Must(queue.Bury(Take(queue)[0].handle, "twice"));
  const auto letter = Must(letters.List(10)).at(0);
  EXPECT_EQ(letter.attempts, 2);
  EXPECT_EQ(Outcome(letters.Redrive(letter.id)), "ok");
  EXPECT_THAT(Must(letters.List(10)), IsEmpty());
  const auto leases = Take(queue);
  ASSERT_THAT(leases, SizeIs(1));
  EXPECT_EQ(leases[0].item, (Item{"T1", 3}));
  EXPECT_EQ(leases[0].attempts, 1);
  EXPECT_EQ(Outcome(letters.Redrive(letter.id)), "not_found");
  for (const std::string& id : HostileTexts()) EXPECT_EQ(Outcome(letters.Redrive(id)), "not_found");
}

TEST_P(QueueContract, AnItemThatWaitsMayBeSentAgainButIsNotLost) {
  auto& queue = store_->queue();
  Must(queue.Send({"T1", 1}, kNone));
  Must(queue.Send({"T1", 1}, kNone));
  int received = 0;
  for (int round = 0; round < 3; ++round) {
    for (const Lease& lease : Take(queue)) {
      ++received;
      Must(queue.Acknowledge({lease.handle}));
    }
    store_->clock.Advance(2 * kMinute);
  }
  EXPECT_THAT(received, ::testing::AnyOf(1, 2));
  EXPECT_THAT(Take(queue), IsEmpty());
}

TEST_P(QueueContract, AnItemSentWhileItsTwinIsHeldIsNotLost) {
  auto& queue = store_->queue();
  Must(queue.Send({"T1", 1}, kNone));
  const auto held = Take(queue);
  ASSERT_THAT(held, SizeIs(1));
  Must(queue.Send({"T1", 1}, kNone));  // its news may be newer than what the holder saw
  Must(queue.Acknowledge({held[0].handle}));
  store_->clock.Advance(2 * kMinute);
  EXPECT_THAT(Take(queue), SizeIs(1));
}

TEST_P(QueueContract, ATwinDueWhenTheLeaseEndsIsNotLost) {
  auto& queue = store_->queue();
  Must(queue.Send({"T1", 1}, kNone));
  const auto held = Take(queue, 1, 100 * tick());
  ASSERT_THAT(held, SizeIs(1));
  Must(queue.Send({"T1", 1}, 100 * tick()));
  Must(queue.Acknowledge({held[0].handle}));
  store_->clock.Advance(200 * tick());
  EXPECT_THAT(Take(queue), SizeIs(1));
}

TEST_P(QueueContract, AReceiverWaitsForWhatIsSent) {
  std::vector<Lease> got;
  InThreads(2, [&](int i) {
    if (i == 0) got = Must(store_->queue().Receive(1, kMinute, std::chrono::seconds(30)));
    if (i == 1) Must(store_->queue().Send({"T1", 1}, kNone));
  });
  EXPECT_THAT(Tickets(got), ElementsAre("T1"));
}

TEST_P(QueueContract, EachItemIsHeldByOneOfManyReceivers) {
  constexpr int kItems = 200;
  std::atomic<int> acknowledged = 0;
  std::mutex mutex;
  std::multiset<std::string> seen;
  InThreads(5, [&](int i) {
    if (i == 0) {
      for (int n = 0; n < kItems; ++n) Must(store_->queue().Send({"T" + std::to_string(n), 1}, kNone));
      return;
    }
    while (acknowledged < kItems) {
      std::vector<std::string> handles;
      for (const Lease& lease : Must(store_->queue().Receive(7, kMinute, Duration(20)))) {
        const std::lock_guard lock(mutex);
        seen.insert(lease.item.ticket);
        handles.push_back(lease.handle);
      }
      Must(store_->queue().Acknowledge(handles));
      acknowledged += static_cast<int>(handles.size());
    }
  });
  EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), static_cast<std::size_t>(kItems));
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(kItems)) << "one was held by two";
}

}  // namespace
}  // namespace tr::contract
