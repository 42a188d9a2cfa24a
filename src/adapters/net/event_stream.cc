#include "net/event_stream.h"

#include <utility>

namespace tr::net {

bool EventStream::Send(std::string_view chunk) {
  std::lock_guard lock(mutex_);
  if (closed_) return false;
  if (taken_ + pending_.size() + chunk.size() > kMaxPending) {
    pending_.clear();
    closed_ = dropped_ = true;
  } else {
    pending_ += chunk;
  }
  WakeOnce();
  return !closed_;
}

void EventStream::Close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  WakeOnce();
}

bool EventStream::closed() const {
  std::lock_guard lock(mutex_);
  return closed_;
}

bool EventStream::dropped() const {
  std::lock_guard lock(mutex_);
  return dropped_;
}

void EventStream::Attach(std::function<void()> wake) {
  std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

EventStream::Batch EventStream::Take() {
  std::lock_guard lock(mutex_);
  woken_ = false;
  taken_ = pending_.size();
  return {std::exchange(pending_, {}), closed_, dropped_};
}

void EventStream::Detach() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  wake_ = nullptr;
}

void EventStream::WakeOnce() {
  if (wake_ && !woken_) wake_();
  woken_ = true;
}

}  // namespace tr::net
