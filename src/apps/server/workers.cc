#include "server/workers.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "pipeline/work.h"

namespace tr::server {
namespace {

// Small batches: an item late in a batch waits for those before it, while other workers may be idle.
constexpr int kBatch = 8;
constexpr auto kAfterTrouble = std::chrono::milliseconds(500);

void WaitOrStop(const std::stop_token& stop, std::chrono::milliseconds span) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, span, [] { return false; });
}

}  // namespace

void Workers::Start(int threads) {
  for (int i = 0; i < threads; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) { Run(stop); });
  }
}

void Workers::Stop() {
  for (std::jthread& thread : threads_) thread.request_stop();
  threads_.clear();  // joins
}

void Workers::Run(const std::stop_token& stop) {
  pipeline::WorkOptions options;
  options.batch = kBatch;
  const auto deliver = [this](std::vector<handoff::Outgoing> begun) { app_.Deliver(std::move(begun)); };
  while (!stop.stop_requested()) {
    const Result<int> worked =
        pipeline::WorkBatch(app_.ports().queue, app_.process(), options, deliver, chance_, app_.ports().log);
    if (worked) continue;
    app_.ports().log.Warning("queue_not_read", {{"trouble", worked.fault().text}});
    WaitOrStop(stop, kAfterTrouble);
  }
}

}  // namespace tr::server
