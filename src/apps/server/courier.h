#pragma once
// The threads that deliver: what landings began, at once; what is due, four times a second. Every kind of channel that
// leaves this machine has a lane of its own, so that a slow Slack delays no mail. One more lane has the rest: the log,
// the clocks, and rows of a kind that is not set up here.

#include <memory>
#include <vector>

#include "server/delivery_lane.h"

namespace tr::server {

class Courier {
 public:
  Courier(handoff::Outbox& outbox, Log& log);
  ~Courier() { Stop(); }

  void Start();
  // Delivers what was handed over, then ends. Rows that came due meanwhile wait for the next start.
  void Stop();

  // Takes them over; never blocks. What a full lane drops comes due by itself a minute later.
  void Hand(std::vector<handoff::Outgoing> begun);

 private:
  std::vector<std::unique_ptr<DeliveryLane>> lanes_;
};

}  // namespace tr::server
