// What the SQLite store costs: µs and fsyncs for one ticket that is accepted (stored, queued) and landed (received from
// the queue, loaded, landed, acknowledged, its card delivered), with 1, 8 and 32 callers at once.
//
//   store_bench [--benchmark_filter=…]      TMPDIR says on which disk
//
// Counters are per ticket: `cpu_us` is the processor time of the writer's thread, `copy_us` that of the checkpoint
// thread, `writer_us` how long the writer was busy (waiting for the disk and for a processor included), `commit_us` how
// much of that stood in COMMIT, `works` how many closures it ran, `fsyncs` how many commits waited for the disk.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "local/sqlite_store.h"
#include "store/step.h"

namespace {

using namespace tr;

constexpr Time kStart{Duration(1'772'442'000'000)};

std::string IdOf(std::int64_t number) {
  char id[32];
  std::snprintf(id, sizeof id, "01KJ%022lld", static_cast<long long>(number));
  return id;
}

// The sentence makes the text about as long as a form's.
std::string TextOf(std::int64_t number) {
  std::string text = "Hello, my order " + std::to_string(number * 7919) + " has not arrived. ";
  while (text.size() < 400) text += "I paid for it two weeks ago and nobody answers me. ";
  return text;
}

store::Step AcceptStep(std::int64_t number) {
  Ticket ticket;
  ticket.id = IdOf(number);
  ticket.lane = Lane::kForm;
  ticket.customer = {"Ada Lovelace", "customer" + std::to_string(number * 7919 % 1000003) + "@mail.example",
                     Verification::kUnverified};
  ticket.subject = "Where is my order " + std::to_string(number) + "?";
  ticket.received_at = kStart + Duration(number / 8);
  ticket.touched_at = ticket.received_at;
  ticket.messages = 1;
  Message message;
  message.ticket = ticket.id;
  message.from = {ticket.customer.name, ticket.customer.address};
  message.at = ticket.received_at;
  message.text = TextOf(number);
  message.new_text = message.text;
  store::Step step;
  step.messages.push_back(message);
  step.keys.push_back({"message:" + message.text, ticket.id + "#1", kStart + std::chrono::hours(24 * 90)});
  store::AddTicket(step, Ticket{}, ticket);
  return step;
}

store::Step LandStep(const Ticket& before, Message message, const std::optional<std::string>& head) {
  Ticket ticket = before;
  ticket.state = State::kLanded;
  ticket.landed_at = before.received_at + Duration(20);
  ticket.touched_at = *ticket.landed_at;
  ticket.team = "Orders and shipping";
  ticket.tags.topic = "order status";
  ticket.tags.urgency = Urgency::kMedium;
  message.state = MessageState::kHandled;
  Reading reading;
  reading.topic = "order status";
  reading.confidence = 0.87;
  reading.ranking = {{"order status", 0.87}, {"refund", 0.05}, {"returns", 0.03}, {"billing", 0.02}, {"login", 0.01}};
  reading.evidence = {"has not arrived", "nobody answers me"};
  reading.reader = "embedded";
  store::Delivery card;
  card.id = ticket.id + "#card";
  card.ticket = ticket.id;
  card.team = ticket.team;
  card.channel = "log:";
  card.attempts = 1;
  card.due_at = *ticket.landed_at + Duration(60'000);
  store::Step step;
  step.messages.push_back(std::move(message));
  step.readings.push_back({ticket.id, 1, *ticket.landed_at, reading});
  step.audit.push_back({ticket.id, before.version + 1, *ticket.landed_at, "router", "landed", std::string(900, 'a')});
  step.deliveries.push_back({std::nullopt, card});
  step.keys.push_back({"land:" + ticket.customer.address, ticket.id, kStart + std::chrono::hours(24 * 30), head});
  store::AddTicket(step, before, ticket);
  return step;
}

// One store for all threads of one benchmark run.
struct Scene {
  std::string folder;
  std::unique_ptr<local::SqliteStore> store;
  std::atomic<std::int64_t> next{1};
  std::atomic<int> failures{0};
};
std::unique_ptr<Scene> scene;

void SetUp(const benchmark::State&) {
  scene = std::make_unique<Scene>();
  std::string name = (std::filesystem::temp_directory_path() / "tr-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::abort();
  scene->folder = name;
  auto store = local::SqliteStore::Open(name);
  if (!store.ok()) std::abort();
  scene->store = *std::move(store);
}

void TearDown(const benchmark::State&) {
  const std::string folder = scene->folder;
  scene = nullptr;
  std::filesystem::remove_all(folder);
}

bool Accept(local::SqliteStore& store, std::int64_t number) {
  const store::Step step = AcceptStep(number);
  return !*store.lookups().ByKey(step.keys[0].key, kStart) && store.ledger().Commit(step, kStart).ok() &&
         store.queue().Send({step.tickets[0].ticket.id, 1}, Duration(0)).ok();
}

bool Land(local::SqliteStore& store, const std::string& id) {
  const auto ticket = store.tickets().Get(id);
  const auto messages = store.tickets().Messages(id);
  const auto readings = store.tickets().Readings(id);
  if (!ticket.ok() || !messages.ok() || !readings.ok() || messages->size() != 1) return false;
  const auto head = store.lookups().ByKey("land:" + ticket->customer.address, kStart);
  const store::Step step = LandStep(*ticket, messages->front(), *head);
  if (!store.ledger().Commit(step, kStart).ok()) return false;
  store::Step delivered;
  delivered.deliveries.push_back({1, step.deliveries[0].delivery});
  delivered.deliveries[0].delivery.state = store::DeliveryState::kDelivered;
  return store.ledger().Commit(delivered, kStart).ok();
}

int LandWaiting(local::SqliteStore& store) {
  const auto leases = store.queue().Receive(8, std::chrono::seconds(60), Duration(0));
  if (!leases.ok()) return 1;
  std::vector<std::string> handles;
  int failures = 0;
  for (const queue::Lease& lease : *leases) {
    if (!Land(store, lease.item.ticket)) ++failures;
    handles.push_back(lease.handle);
  }
  if (!handles.empty() && !store.queue().Acknowledge(handles).ok()) ++failures;
  return failures;
}

// Processor time of the thread of that name so far; 0 where the system does not tell.
std::uint64_t CpuMicros(const std::string& thread) {
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::string name;
    std::getline(std::ifstream(task.path() / "comm"), name);
    std::uint64_t nanos = 0;
    if (name == thread && std::ifstream(task.path() / "schedstat") >> nanos) return nanos / 1000;
  }
  return 0;
}

void Report(benchmark::State& state, const local::SqliteFigures& figures) {
  const auto per_ticket = [&](std::uint64_t sum) {
    return static_cast<double>(sum) / static_cast<double>(state.iterations() * state.threads());
  };
  state.counters["cpu_us"] = per_ticket(CpuMicros("tr-writer"));
  state.counters["copy_us"] = per_ticket(CpuMicros("tr-checkpoint"));
  state.counters["writer_us"] = per_ticket(figures.busy_micros);
  state.counters["commit_us"] = per_ticket(figures.commit_micros);
  state.counters["works"] = per_ticket(figures.requests);
  state.counters["fsyncs"] = per_ticket(figures.synced);
  state.counters["checkpoints"] = static_cast<double>(figures.checkpoints);
  state.counters["failures"] = scene->failures.load();
}

// Each iteration accepts eight tickets and lands what waits: about eight.
void AcceptAndLand(benchmark::State& state) {
  for (auto _ : state) {
    const std::int64_t number = scene->next.fetch_add(1);
    if (!Accept(*scene->store, number)) ++scene->failures;
    if (number % 8 == 0) scene->failures += LandWaiting(*scene->store);
  }
  state.SetItemsProcessed(state.iterations());
  if (state.thread_index() == 0) Report(state, scene->store->figures());
}
BENCHMARK(AcceptAndLand)
    ->Setup(SetUp)
    ->Teardown(TearDown)
    ->Threads(1)
    ->Threads(8)
    ->Threads(32)
    ->UseRealTime()
    ->Iterations(2000)
    ->Unit(benchmark::kMicrosecond);

// With 100,000 tickets stored and queued: a page of a queue, the counts, a search that finds nothing.
void FillTo(std::int64_t count) {
  while (scene->next <= count) {
    store::Step step;
    for (int i = 0; i < 5; ++i) {
      store::Step one = AcceptStep(scene->next.fetch_add(1));
      Ticket& ticket = one.tickets[0].ticket;
      ticket.state = State::kLanded;
      ticket.team = "Team " + std::to_string(scene->next % 6);
      ticket.landed_at = ticket.received_at;
      step.tickets.push_back(one.tickets[0]);
      step.messages.push_back(one.messages[0]);
      step.entries_put.push_back(*store::EntryOf(ticket));
    }
    if (!scene->store->ledger().Commit(step, kStart).ok()) std::abort();
  }
}

void SetUpFull(const benchmark::State& state) {
  SetUp(state);
  FillTo(100'000);
}

void QueuePage(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(scene->store->queues().List("Team 3", "", 50).ok());
}
BENCHMARK(QueuePage)->Setup(SetUpFull)->Teardown(TearDown)->Unit(benchmark::kMicrosecond)->Iterations(500);

void TeamCounts(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(scene->store->queues().Counts().ok());
}
BENCHMARK(TeamCounts)->Setup(SetUpFull)->Teardown(TearDown)->Unit(benchmark::kMicrosecond)->Iterations(500);

void SearchInVain(benchmark::State& state) {
  store::TicketQuery query;
  query.text = "no such words";
  for (auto _ : state) benchmark::DoNotOptimize(scene->store->tickets().Search(query).ok());
}
BENCHMARK(SearchInVain)->Setup(SetUpFull)->Teardown(TearDown)->Unit(benchmark::kMicrosecond)->Iterations(10);

}  // namespace

BENCHMARK_MAIN();
