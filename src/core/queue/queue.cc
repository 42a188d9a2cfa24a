#include "queue/queue.h"

#include <algorithm>

namespace tr::queue {

Duration Backoff(int attempts, double chance, Duration cap) {
  const int doublings = std::clamp(attempts - 1, 0, 20);
  const Duration full = std::min(cap, Duration(std::chrono::seconds(1)) * (1 << doublings));
  const auto half = full.count() / 2;
  return Duration(half + static_cast<Duration::rep>(static_cast<double>(full.count() - half) * chance));
}

}  // namespace tr::queue
