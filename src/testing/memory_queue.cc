#include "testing/memory_queue.h"

#include <algorithm>

namespace tr::testing {

Result<void> MemoryQueue::Send(const queue::Item& item, Duration delay) {
  const std::lock_guard lock(mutex_);
  Add(item, delay);
  return Ok();
}

void MemoryQueue::Add(const queue::Item& item, Duration delay) {
  const Time now = clock_.Now();
  waiting_.push_back({item, now, now + delay, 0, {}});
  changed_.notify_all();
}

Result<std::vector<queue::Lease>> MemoryQueue::Receive(int max, Duration visibility, Duration wait) {
  // The clock may be one that a test moves without telling anybody, so it is looked at again after each slice.
  constexpr Duration kSlice{2};
  const auto give_up = std::chrono::steady_clock::now() + wait;
  std::unique_lock lock(mutex_);
  for (;;) {
    auto leases = Take(max, visibility);
    if (!leases.empty() || std::chrono::steady_clock::now() >= give_up) return leases;
    changed_.wait_for(lock, kSlice);
  }
}

std::vector<queue::Lease> MemoryQueue::Take(int max, Duration visibility) {
  const Time now = clock_.Now();
  std::vector<queue::Lease> leases;
  for (Waiting& waiting : waiting_) {
    if (leases.size() == static_cast<std::size_t>(max)) break;
    if (waiting.visible_at > now) continue;
    waiting.visible_at = now + visibility;
    waiting.handle = "lease-" + std::to_string(++names_);
    ++waiting.attempts;
    leases.push_back({waiting.item, waiting.handle, waiting.attempts, waiting.sent_at});
  }
  return leases;
}

std::vector<MemoryQueue::Waiting>::iterator MemoryQueue::Held(const std::string& handle) {
  return std::ranges::find_if(waiting_, [&](const Waiting& waiting) {
    return !handle.empty() && waiting.handle == handle && waiting.visible_at > clock_.Now();
  });
}

Result<void> MemoryQueue::Acknowledge(const std::vector<std::string>& handles) {
  const std::lock_guard lock(mutex_);
  for (const std::string& handle : handles) {
    if (const auto held = Held(handle); held != waiting_.end()) waiting_.erase(held);
  }
  return Ok();
}

Result<void> MemoryQueue::Release(const std::string& handle, Duration delay) {
  const std::lock_guard lock(mutex_);
  if (const auto held = Held(handle); held != waiting_.end()) {
    held->visible_at = clock_.Now() + delay;
    held->handle.clear();
    changed_.notify_all();
  }
  return Ok();
}

Result<void> MemoryQueue::Bury(const std::string& handle, const std::string& reason) {
  const std::lock_guard lock(mutex_);
  if (const auto held = Held(handle); held != waiting_.end()) {
    buried_.push_back({"letter-" + std::to_string(++names_), held->item, reason, held->attempts, clock_.Now()});
    waiting_.erase(held);
  }
  return Ok();
}

Result<std::vector<queue::DeadLetter>> MemoryQueue::List(int limit) {
  const std::lock_guard lock(mutex_);
  const std::size_t count = std::min(buried_.size(), static_cast<std::size_t>(std::max(limit, 0)));
  return std::vector<queue::DeadLetter>(buried_.begin(), buried_.begin() + static_cast<std::ptrdiff_t>(count));
}

Result<void> MemoryQueue::Redrive(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto letter = std::ranges::find(buried_, id, &queue::DeadLetter::id);
  if (letter == buried_.end()) return NotFound("no such dead letter");
  Add(letter->item, Duration(0));
  buried_.erase(letter);
  return Ok();
}

std::size_t MemoryQueue::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace tr::testing
