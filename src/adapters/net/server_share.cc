#include "net/server_share.h"

namespace tr::net {

void OpenConnections::Add() {
  std::lock_guard lock(mutex_);
  ++count_;
}

void OpenConnections::Remove() {
  std::lock_guard lock(mutex_);
  if (--count_ == 0) none_.notify_all();
}

std::size_t OpenConnections::count() const {
  std::lock_guard lock(mutex_);
  return count_;
}

bool OpenConnections::WaitForNone(std::chrono::steady_clock::time_point limit) {
  std::unique_lock lock(mutex_);
  return none_.wait_until(lock, limit, [this] { return count_ == 0; });
}

void OpenConnections::WaitForNone() {
  std::unique_lock lock(mutex_);
  none_.wait(lock, [this] { return count_ == 0; });
}

}  // namespace tr::net
