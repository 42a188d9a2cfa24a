#include "server/delivery_lane.h"

#include <chrono>
#include <iterator>
#include <utility>

namespace tr::server {
namespace {

constexpr std::size_t kAtOnce = 64;

// Other channels may stand behind the ones just served; what was handed over must not wait for all of them.
constexpr int kRounds = 8;

// A channel with a pace of a second must not wait for two.
constexpr auto kDueEvery = std::chrono::milliseconds(250);

}  // namespace

DeliveryLane::DeliveryLane(handoff::Outbox& outbox, Log& log, store::ServesChannel serves)
    : outbox_(outbox), log_(log), serves_(std::move(serves)) {}

void DeliveryLane::Start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
}

void DeliveryLane::Join() {
  if (thread_.joinable()) thread_.join();
}

void DeliveryLane::Hand(std::vector<handoff::Outgoing> begun) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() + begun.size() > kMaxWaiting) return;
    std::move(begun.begin(), begun.end(), std::back_inserter(waiting_));
  }
  changed_.notify_one();
}

std::vector<handoff::Outgoing> DeliveryLane::Next(const std::stop_token& stop) {
  std::vector<handoff::Outgoing> next;
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stop, kDueEvery, [this] { return !waiting_.empty(); });
  while (!waiting_.empty() && next.size() < kAtOnce) {
    next.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return next;
}

void DeliveryLane::DeliverDue() {
  for (int round = 0; round < kRounds; ++round) {
    const Result<int> tried = outbox_.DeliverDue(static_cast<int>(kAtOnce), serves_);
    if (!tried) log_.Warning("outbox_not_read", {{"trouble", tried.fault().text}});
    if (!tried || *tried == 0) return;
  }
}

void DeliveryLane::Run(const std::stop_token& stop) {
  auto due_next = std::chrono::steady_clock::now();
  while (true) {
    const std::vector<handoff::Outgoing> next = Next(stop);
    if (next.empty() && stop.stop_requested()) return;
    if (!next.empty()) outbox_.Deliver(next);
    if (stop.stop_requested() || std::chrono::steady_clock::now() < due_next) continue;
    due_next = std::chrono::steady_clock::now() + kDueEvery;
    DeliverDue();
  }
}

}  // namespace tr::server
