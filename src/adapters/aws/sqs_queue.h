#pragma once
// The queue of items on SQS. A standard queue: at least once, roughly in order, whole seconds.

#include <string>
#include <vector>

#include "aws/aws_client.h"
#include "base/clock.h"
#include "queue/queue.h"

namespace tr::aws {

// Addresses of the two queues: "https://sqs.REGION.amazonaws.com/ACCOUNT/tr-intake". The intake's own redrive policy
// must allow more receives than queue::kMaxAttempts, or SQS buries before we do, and without a reason.
struct QueueUrls {
  std::string intake;
  std::string dead;
};

class SqsQueue final : public queue::Queue {
 public:
  // What it is given outlives it.
  SqsQueue(AwsClient& sqs, QueueUrls urls, const Clock& clock) : sqs_(sqs), urls_(std::move(urls)), clock_(clock) {}

  // Durations are rounded up to seconds. An item is never delayed for more than 15 minutes (DelaySeconds' maximum).
  Result<void> Send(const queue::Item& item, Duration delay) override;
  // One call for each 10 items; a wait under a second does not wait. Messages that are not ours are left to the queue's
  // redrive policy.
  Result<std::vector<queue::Lease>> Receive(int max, Duration visibility, Duration wait) override;
  Result<void> Acknowledge(const std::vector<std::string>& handles) override;
  // ChangeMessageVisibility: 12 hours at most.
  Result<void> Release(const std::string& handle, Duration delay) override;
  // Puts the letter first: who dies between the two has the item buried and tried once more.
  Result<void> Bury(const std::string& handle, const std::string& reason) override;

  struct Counts {
    std::int64_t waiting = 0;
    std::int64_t held = 0;
    std::int64_t delayed = 0;
    std::int64_t dead = 0;
  };
  // About how many there are: two calls.
  Result<Counts> Count();

 private:
  Result<std::vector<queue::Lease>> ReceiveOnce(int max, Duration visibility, std::chrono::seconds wait);
  Result<void> Delete(const std::vector<std::string>& receipts);

  AwsClient& sqs_;
  const QueueUrls urls_;
  const Clock& clock_;
};

// A lease of a message that somebody else received for us, as Lambda does: nothing where the body is no item.
std::optional<queue::Lease> LeaseOf(std::string_view body, std::string_view receipt, int attempts, Time sent_at,
                                    Time until);

// In whole seconds, rounded up, within what SQS takes.
std::int64_t WholeSeconds(Duration duration, std::int64_t max);

}  // namespace tr::aws
