#include "aws/sqs_queue.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <chrono>

#include "aws/json_fields.h"
#include "aws/sqs_item.h"

namespace tr::aws {
namespace {

namespace json = boost::json;
using std::chrono::seconds;
using std::chrono::steady_clock;

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
constexpr int kBatch = 10;
constexpr std::int64_t kMaxDelay = 15 * 60;
constexpr std::int64_t kMaxVisibility = 12 * 60 * 60;
constexpr std::int64_t kMaxWait = 20;

// The receipt is of no use any more: the time-out has passed, or the message is gone.
bool IsLateReceipt(std::string_view code) { return code == "ReceiptHandleIsInvalid" || code == "MessageNotInflight"; }

queue::Lease ToLease(const Handle& handle, Time sent_at) {
  return {handle.item, SpellHandle(handle), handle.attempts, sent_at};
}

}  // namespace

std::int64_t WholeSeconds(Duration duration, std::int64_t max) {
  return std::clamp<std::int64_t>(std::chrono::ceil<seconds>(duration).count(), 0, max);
}

std::optional<queue::Lease> LeaseOf(std::string_view body, std::string_view receipt, int attempts, Time sent_at,
                                    Time until) {
  std::optional<queue::Item> item = ReadItem(body);
  if (!item) return std::nullopt;
  return ToLease({until, attempts, *std::move(item), std::string(receipt)}, sent_at);
}

Result<void> SqsQueue::Send(const queue::Item& item, Duration delay) {
  TR_TRY(sqs_.Call("SendMessage", {{"QueueUrl", urls_.intake},
                                   {"MessageBody", SpellItem(item)},
                                   {"DelaySeconds", WholeSeconds(delay, kMaxDelay)}}));
  return Ok();
}

Result<std::vector<queue::Lease>> SqsQueue::Receive(int max, Duration visibility, Duration wait) {
  const auto give_up = steady_clock::now() + wait;
  std::vector<queue::Lease> leases;
  while (static_cast<int>(leases.size()) < max) {
    const int wanted = std::min(kBatch, max - static_cast<int>(leases.size()));
    const auto left = leases.empty() ? give_up - steady_clock::now() : steady_clock::duration(0);
    const seconds patience(std::clamp<std::int64_t>(std::chrono::floor<seconds>(left).count(), 0, kMaxWait));
    Result<std::vector<queue::Lease>> more = ReceiveOnce(wanted, visibility, patience);
    // What is held already must be worked, or it would wait for its time-out.
    if (!more.ok() && leases.empty()) return more;
    if (!more.ok()) return leases;
    leases.insert(leases.end(), more->begin(), more->end());
    if (!leases.empty() && static_cast<int>(more->size()) < wanted) return leases;
    if (leases.empty() && patience.count() == 0) return leases;
  }
  return leases;
}

Result<std::vector<queue::Lease>> SqsQueue::ReceiveOnce(int max, Duration visibility, seconds wait) {
  const std::int64_t hidden = WholeSeconds(visibility, kMaxVisibility);
  const Time asked = clock_.Now();
  TR_ASSIGN(const json::object answer,
            sqs_.Call("ReceiveMessage",
                      {{"QueueUrl", urls_.intake},
                       {"MaxNumberOfMessages", max},
                       {"WaitTimeSeconds", wait.count()},
                       {"VisibilityTimeout", hidden},
                       {"MessageSystemAttributeNames", json::array{"ApproximateReceiveCount", "SentTimestamp"}}},
                      wait + seconds(10)));
  std::vector<queue::Lease> leases;
  // SQS counts from its answer on, so until then nobody else has it.
  const Time until = (wait.count() > 0 ? clock_.Now() : asked) + seconds(hidden);
  for (const json::value& message : ArrayAt(answer, "Messages")) {
    const json::object& attributes = ObjectAt(message, "Attributes");
    std::optional<queue::Lease> lease = LeaseOf(TextAt(message, "Body"), TextAt(message, "ReceiptHandle"),
                                                static_cast<int>(NumberAt(attributes, "ApproximateReceiveCount")),
                                                FromMillis(NumberAt(attributes, "SentTimestamp")), until);
    if (lease) leases.push_back(*std::move(lease));
  }
  return leases;
}

Result<void> SqsQueue::Acknowledge(const std::vector<std::string>& handles) {
  std::vector<std::string> receipts;
  Result<void> outcome;
  for (std::size_t i = 0; i < handles.size(); ++i) {
    const std::optional<Handle> handle = ReadHandle(handles[i]);
    if (handle && clock_.Now() < handle->until) receipts.push_back(handle->receipt);
    if (receipts.size() < kBatch && (i + 1 < handles.size() || receipts.empty())) continue;
    Result<void> deleted = Delete(receipts);
    if (!deleted.ok()) outcome = std::move(deleted);
    receipts.clear();
  }
  return outcome;
}

Result<void> SqsQueue::Delete(const std::vector<std::string>& receipts) {
  json::array entries;
  for (const std::string& receipt : receipts) {
    entries.push_back({{"Id", std::to_string(entries.size())}, {"ReceiptHandle", receipt}});
  }
  TR_ASSIGN(const json::object answer,
            sqs_.Call("DeleteMessageBatch", {{"QueueUrl", urls_.intake}, {"Entries", std::move(entries)}}));
  for (const json::value& failed : ArrayAt(answer, "Failed")) {
    if (!IsLateReceipt(TextAt(failed, "Code")))
      return Transient("sqs DeleteMessageBatch: not every message was deleted");
  }
  return Ok();
}

Result<void> SqsQueue::Release(const std::string& text, Duration delay) {
  const std::optional<Handle> handle = ReadHandle(text);
  if (!handle || clock_.Now() >= handle->until) return Ok();
  TR_ASSIGN(const JsonAnswer answer,
            sqs_.Ask("ChangeMessageVisibility", {{"QueueUrl", urls_.intake},
                                                 {"ReceiptHandle", handle->receipt},
                                                 {"VisibilityTimeout", WholeSeconds(delay, kMaxVisibility)}}));
  if (answer.error.empty() || IsLateReceipt(answer.error)) return Ok();
  return sqs_.ToFault("ChangeMessageVisibility", answer.http);
}

Result<void> SqsQueue::Bury(const std::string& text, const std::string& reason) {
  const std::optional<Handle> handle = ReadHandle(text);
  if (!handle || clock_.Now() >= handle->until) return Ok();
  TR_TRY(sqs_.Call("SendMessage",
                   {{"QueueUrl", urls_.dead}, {"MessageBody", SpellLetter(handle->item, reason, handle->attempts)}}));
  return Delete({handle->receipt});
}

Result<SqsQueue::Counts> SqsQueue::Count() {
  const json::array names{"ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible",
                          "ApproximateNumberOfMessagesDelayed"};
  TR_ASSIGN(const json::object intake,
            sqs_.Call("GetQueueAttributes", {{"QueueUrl", urls_.intake}, {"AttributeNames", names}}));
  TR_ASSIGN(const json::object dead,
            sqs_.Call("GetQueueAttributes", {{"QueueUrl", urls_.dead}, {"AttributeNames", names}}));
  const json::object& counts = ObjectAt(intake, "Attributes");
  const json::object& buried = ObjectAt(dead, "Attributes");
  return Counts{
      NumberAt(counts, "ApproximateNumberOfMessages"), NumberAt(counts, "ApproximateNumberOfMessagesNotVisible"),
      NumberAt(counts, "ApproximateNumberOfMessagesDelayed"),
      NumberAt(buried, "ApproximateNumberOfMessages") + NumberAt(buried, "ApproximateNumberOfMessagesNotVisible")};
}

}  // namespace tr::aws
