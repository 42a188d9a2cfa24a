#include "server/courier.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace tr::server {
namespace {

constexpr std::string_view kKinds[] = {"slack", "mail"};
constexpr std::size_t kLanes = std::size(kKinds) + 1;

// The last lane has what is of neither kind.
std::size_t LaneOf(std::string_view channel) {
  const std::string_view kind = channel.substr(0, channel.find(':'));
  return static_cast<std::size_t>(std::find(std::begin(kKinds), std::end(kKinds), kind) - std::begin(kKinds));
}

}  // namespace

Courier::Courier(handoff::Outbox& outbox, Log& log) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    lanes_.push_back(std::make_unique<DeliveryLane>(
        outbox, log, [lane](const std::string& channel) { return LaneOf(channel) == lane; }));
  }
}

void Courier::Start() {
  for (const auto& lane : lanes_) lane->Start();
}

void Courier::Stop() {
  for (const auto& lane : lanes_) lane->RequestStop();
  for (const auto& lane : lanes_) lane->Join();
}

void Courier::Hand(std::vector<handoff::Outgoing> begun) {
  std::vector<std::vector<handoff::Outgoing>> sorted(lanes_.size());
  for (handoff::Outgoing& outgoing : begun) {
    sorted[LaneOf(outgoing.delivery.channel)].push_back(std::move(outgoing));
  }
  for (std::size_t lane = 0; lane < sorted.size(); ++lane) {
    if (!sorted[lane].empty()) lanes_[lane]->Hand(std::move(sorted[lane]));
  }
}

}  // namespace tr::server
