#pragma once
// The threads in which handlers run and may block, most of all in a commit that they share.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace tr::net {

// Something to run once. It stays alive until Run has returned.
class PoolJob {
 public:
  virtual void RunInPool() = 0;

 protected:
  ~PoolJob() = default;
};

class HandlerPool {
 public:
  // REQUIRES: threads > 0.
  explicit HandlerPool(int threads);
  // Runs what was submitted, then joins.
  ~HandlerPool();

  // Queues a job; never blocks on a job that runs. Thread-safe.
  void Submit(PoolJob& job);

 private:
  void Work();
  PoolJob* WaitForJob();
  bool ShouldWakeAnother();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<PoolJob*> jobs_;
  int idle_ = 0;
  bool waking_ = false;  // a thread was told to wake and has not looked at the queue yet
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace tr::net
