#include "lambda/event_queue.h"

#include <utility>

#include "aws/sqs_queue.h"

namespace tr::lambda {

EventQueue::EventQueue(const aws::SqsEvent& event, Time until, queue::Queue& queue) : queue_(queue) {
  for (const aws::SqsRecord& record : event) {
    std::optional<queue::Lease> lease =
        aws::LeaseOf(record.body, record.receipt, record.attempts, record.sent_at, until);
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

// Where that fails, they come when their visibility ends.
void EventQueue::ReleaseLeft() {
  for (const queue::Lease& lease : left_) (void)queue_.Release(lease.handle, Duration(0)).ok();
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
