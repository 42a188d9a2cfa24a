#include "lambda/event_queue.h"

#include <utility>

#include "aws/sqs_queue.h"

namespace tr::lambda {

EventQueue::EventQueue(const aws::SqsEvent& event, queue::Queue& queue) : queue_(queue) {
  for (const aws::SqsRecord& record : event) {
    std::optional<queue::Lease> lease =
        aws::LeaseOf(record.body, record.receipt, record.attempts, record.sent_at, Time::max());
    messages_.push_back({record.id, lease ? lease->handle : ""});
    if (lease) left_.push_back(*std::move(lease));
  }
}

Result<std::vector<queue::Lease>> EventQueue::Receive(int max, Duration, Duration) {
  std::vector<queue::Lease> leases;
  while (!left_.empty() && static_cast<int>(leases.size()) < max) {
    leases.push_back(std::move(left_.front()));
    left_.pop_front();
  }
  return leases;
}

Result<void> EventQueue::Acknowledge(const std::vector<std::string>& handles) {
  settled_.insert(handles.begin(), handles.end());
  return Ok();
}

Result<void> EventQueue::Bury(const std::string& handle, const std::string& reason) {
  TR_TRY(queue_.Bury(handle, reason));
  settled_.insert(handle);
  return Ok();
}

// A message that only comes again keeps its count of receives, which would pass for tries. Who dies between the two has
// the item there twice, and it is worked once. Where nothing helps, it comes when its visibility ends.
void EventQueue::SendLeftAnew() {
  for (const queue::Lease& lease : left_) {
    if (queue_.Send(lease.item, Duration(0))) {
      settled_.insert(lease.handle);
    } else {
      (void)queue_.Release(lease.handle, Duration(0)).ok();
    }
  }
  left_.clear();
}

std::vector<std::string> EventQueue::Failed() const {
  std::vector<std::string> failed;
  for (const Message& message : messages_) {
    if (!settled_.contains(message.handle)) failed.push_back(message.id);
  }
  return failed;
}

}  // namespace tr::lambda
