#include "net/handler_pool.h"

namespace tr::net {

HandlerPool::HandlerPool(int threads) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

HandlerPool::~HandlerPool() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void HandlerPool::Submit(PoolJob& job) {
  bool wake = false;
  {
    std::lock_guard lock(mutex_);
    jobs_.push_back(&job);
    wake = ShouldWakeAnother();
  }
  if (wake) changed_.notify_one();
}

// Threads wake one another in a chain instead of each job waking one: handlers that do not block are then served by
// one or two threads without a context switch each, and handlers that do block still spread over all of them.
bool HandlerPool::ShouldWakeAnother() {
  if (jobs_.empty() || idle_ == 0 || waking_) return false;
  waking_ = true;
  return true;
}

PoolJob* HandlerPool::WaitForJob() {
  std::unique_lock lock(mutex_);
  while (jobs_.empty()) {
    if (stopping_) return nullptr;
    ++idle_;
    changed_.wait(lock);
    --idle_;
    waking_ = false;
  }
  PoolJob* job = jobs_.front();
  jobs_.pop_front();
  const bool wake = ShouldWakeAnother();
  lock.unlock();
  if (wake) changed_.notify_one();
  return job;
}

void HandlerPool::Work() {
  while (PoolJob* job = WaitForJob()) job->RunInPool();
}

}  // namespace tr::net
