#pragma once
// The messages of one event as the queue that they came from: whoever works them need not know that Lambda received
// them, and that Lambda deletes them.

#include <deque>
#include <set>
#include <string>
#include <vector>

#include "aws/lambda_events.h"
#include "base/clock.h"
#include "queue/queue.h"

namespace tr::lambda {

class EventQueue final : public queue::Queue {
 public:
  // `queue` is the one that they came from, and outlives this. The leases are good for as long as this process works
  // the event: Lambda ends it long before anybody else gets the messages.
  EventQueue(const aws::SqsEvent& event, queue::Queue& queue);

  Result<void> Send(const queue::Item& item, Duration delay) override { return queue_.Send(item, delay); }
  // What the event has left, at once.
  Result<std::vector<queue::Lease>> Receive(int max, Duration visibility, Duration wait) override;
  // No call: Lambda deletes what is not named as failed.
  Result<void> Acknowledge(const std::vector<std::string>& handles) override;
  Result<void> Release(const std::string& handle, Duration delay) override { return queue_.Release(handle, delay); }
  Result<void> Bury(const std::string& handle, const std::string& reason) override;

  // What nobody received may be worked by somebody else at once, with all its tries: it was never begun.
  void SendLeftAnew();
  // The ids of the messages that come again: whatever was neither acknowledged nor buried nor sent anew, and what is no
  // item, which the queue's own redrive policy buries.
  std::vector<std::string> Failed() const;

 private:
  struct Message {
    std::string id;
    std::string handle;  // empty: no item
  };

  queue::Queue& queue_;
  std::vector<Message> messages_;
  std::deque<queue::Lease> left_;
  std::set<std::string> settled_;  // handles
};

}  // namespace tr::lambda
