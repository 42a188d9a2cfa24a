#pragma once
// What every store must keep of the promises in store/*.h, queue/queue.h and rules/shelf.h. The suites are the other
// files of this folder; on_memory.cc and on_sqlite.cc say what they are run on. A new store adds such a file.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "queue/queue.h"
#include "rules/shelf.h"
#include "store/dump.h"
#include "store/ledger.h"
#include "store/usage.h"
#include "testing/manual_clock.h"
#include "testing/samples.h"

namespace tr::contract {

// A fresh, empty store, its queue and its clock. Goes with everything that it kept.
class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;
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
  virtual store::Dump& dump() = 0;
  virtual rules::RuleShelf& shelf() = 0;
  virtual queue::Queue& queue() = 0;
  virtual queue::DeadLetters& dead_letters() = 0;
  // Null where the store keeps no usage (yet): then UsageContract is not run on it.
  virtual store::Usage* usage() { return nullptr; }

  // The same store as another process sees it, with a clock of its own; null where it lives in one process.
  virtual std::unique_ptr<StoreUnderTest> Again() { return nullptr; }

  // The shortest time that its queue tells apart.
  virtual Duration tick() const { return Duration(1); }

  testing::ManualClock clock;
};

using MakeStore = std::unique_ptr<StoreUnderTest> (*)();

// "ok", or the fault's kind.
template <typename T>
std::string Outcome(const Result<T>& result) {
  return result.ok() ? "ok" : std::string(Name(result.fault().kind));
}

// The value; a test that needs it ends here when there is none.
template <typename T>
T Must(Result<T> result) {
  if (!result.ok()) throw std::runtime_error(Outcome(result) + ": " + result.fault().text);
  return *std::move(result);
}
inline void Must(Result<void> result) {
  if (!result.ok()) throw std::runtime_error(Outcome(result) + ": " + result.fault().text);
}

// Runs work(0), work(1), … each in a thread of its own, begun together.
template <typename Work>
void InThreads(int count, Work work) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back([work, i] { work(i); });
}

class StoreContract : public ::testing::TestWithParam<MakeStore> {
 protected:
  Time now() const { return store_->clock.Now(); }
  Duration tick() const { return store_->tick(); }
  Result<void> Commit(const store::Step& step) { return store_->ledger().Commit(step, now()); }
  // Stores the ticket as new with its first message; gives the stored value.
  Ticket Put(const Ticket& ticket) {
    Must(Commit(testing::StepOfNew(ticket)));
    return Get(ticket.id);
  }
  // Stores a changed value of a stored ticket, and its place.
  Ticket Change(const Ticket& before, const Ticket& after) {
    store::Step step;
    store::AddTicket(step, before, after);
    Must(Commit(step));
    return Get(after.id);
  }
  Ticket Get(const std::string& id) { return Must(store_->tickets().Get(id)); }

  std::unique_ptr<StoreUnderTest> store_ = GetParam()();
};

class LedgerContract : public StoreContract {};
class TicketsContract : public StoreContract {};
class LookupsContract : public StoreContract {};
class QueuesContract : public StoreContract {};
class DeliveriesContract : public StoreContract {};
class CursorContract : public StoreContract {};
class KeepContract : public StoreContract {};
class EraserContract : public StoreContract {};
class CarryContract : public StoreContract {};
class ShelfContract : public StoreContract {};
class UsageContract : public StoreContract {};  // not in the macro below
class QueueContract : public StoreContract {};
// For a store that several processes may have open; not in the macro below.
class ProcessesContract : public StoreContract {};

#define TR_RUN_STORE_CONTRACT(name, make)                                      \
  INSTANTIATE_TEST_SUITE_P(name, LedgerContract, ::testing::Values(make));     \
  INSTANTIATE_TEST_SUITE_P(name, TicketsContract, ::testing::Values(make));    \
  INSTANTIATE_TEST_SUITE_P(name, LookupsContract, ::testing::Values(make));    \
  INSTANTIATE_TEST_SUITE_P(name, QueuesContract, ::testing::Values(make));     \
  INSTANTIATE_TEST_SUITE_P(name, DeliveriesContract, ::testing::Values(make)); \
  INSTANTIATE_TEST_SUITE_P(name, CursorContract, ::testing::Values(make));     \
  INSTANTIATE_TEST_SUITE_P(name, KeepContract, ::testing::Values(make));       \
  INSTANTIATE_TEST_SUITE_P(name, EraserContract, ::testing::Values(make));     \
  INSTANTIATE_TEST_SUITE_P(name, CarryContract, ::testing::Values(make));      \
  INSTANTIATE_TEST_SUITE_P(name, ShelfContract, ::testing::Values(make));      \
  INSTANTIATE_TEST_SUITE_P(name, QueueContract, ::testing::Values(make))

}  // namespace tr::contract
