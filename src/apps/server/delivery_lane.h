#pragma once
// One thread that delivers on some channels. Internal to server/.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "base/log.h"
#include "handoff/outbox.h"

namespace tr::server {

class DeliveryLane {
 public:
  // `serves` says which channels are this lane's: of what is due it takes nothing else.
  DeliveryLane(handoff::Outbox& outbox, Log& log, store::ServesChannel serves);

  void Start();
  // It delivers what was handed over, then ends.
  void RequestStop() { thread_.request_stop(); }
  void Join();

  // Takes them over; never blocks. With more than kMaxWaiting waiting they are dropped here: their rows come due by
  // themselves a minute later.
  void Hand(std::vector<handoff::Outgoing> begun);

  static constexpr std::size_t kMaxWaiting = 10'000;

 private:
  void Run(const std::stop_token& stop);
  void DeliverDue();
  std::vector<handoff::Outgoing> Next(const std::stop_token& stop);

  handoff::Outbox& outbox_;
  Log& log_;
  const store::ServesChannel serves_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<handoff::Outgoing> waiting_;
  std::jthread thread_;
};

}  // namespace tr::server
