#pragma once
// What could not be worked, in the dead letters' queue of SQS, which knows no way to look without receiving.

#include <optional>
#include <string>
#include <vector>

#include "aws/aws_client.h"
#include "aws/sqs_queue.h"
#include "queue/queue.h"

namespace tr::aws {

class SqsDeadLetters final : public queue::DeadLetters {
 public:
  // What it is given outlives it.
  SqsDeadLetters(AwsClient& sqs, QueueUrls urls) : sqs_(sqs), urls_(std::move(urls)) {}

  // Holds the letters while it reads them and lets go of them at once; two who look at the same time may each see a
  // part. Looks at 1,000 letters at most. Letters that SQS moved by itself have no reason of ours.
  Result<std::vector<queue::DeadLetter>> List(int limit) override;
  // Sends first, then deletes: who dies between has sent it and keeps the letter.
  Result<void> Redrive(const std::string& id) override;

 private:
  struct Held {
    std::optional<queue::DeadLetter> letter;  // none: a message that is no item
    std::string receipt;
  };
  static bool IsLetter(const Held& held, const std::string& id);
  Result<std::vector<Held>> HoldMore();
  // Those held, until `limit` or until `id` is among them.
  Result<std::vector<Held>> Hold(int limit, const std::string& id);
  void LetGo(const std::vector<Held>& held);

  AwsClient& sqs_;
  const QueueUrls urls_;
};

}  // namespace tr::aws
