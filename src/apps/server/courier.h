#pragma once
// The thread that delivers: what landings began, at once; what is due, four times a second.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "base/log.h"
#include "handoff/outbox.h"

namespace tr::server {

class Courier {
 public:
  Courier(handoff::Outbox& outbox, Log& log) : outbox_(outbox), log_(log) {}
  ~Courier() { Stop(); }

  void Start();
  // Delivers what was handed over, then ends. Rows that came due meanwhile wait for the next start.
  void Stop();

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
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<handoff::Outgoing> waiting_;
  std::jthread thread_;
};

}  // namespace tr::server
