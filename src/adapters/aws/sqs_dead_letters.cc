#include "aws/sqs_dead_letters.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <tuple>

#include "aws/json_fields.h"
#include "aws/sqs_item.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostSeen = 1000;
constexpr int kBatch = 10;
constexpr int kHoldSeconds = 30;  // longer than reading takes; who dies meanwhile hides them for so long

std::optional<queue::DeadLetter> ReadLetter(const json::value& message) {
  std::optional<queue::Item> item = ReadItem(TextAt(message, "Body"));
  if (!item) return std::nullopt;
  const Result<json::value> body = ParseJson(TextAt(message, "Body"));
  const json::object& attributes = ObjectAt(message, "Attributes");
  queue::DeadLetter letter{
      std::string(TextAt(message, "MessageId")), *std::move(item), std::string(TextAt(*body, "reason")),
      static_cast<int>(NumberAt(body->as_object(), "attempts")), FromMillis(NumberAt(attributes, "SentTimestamp"))};
  if (letter.attempts > 0) return letter;
  letter.reason = "received too often without an answer";
  letter.attempts = static_cast<int>(NumberAt(attributes, "ApproximateReceiveCount"));
  return letter;
}

}  // namespace

bool SqsDeadLetters::IsLetter(const Held& held, const std::string& id) { return held.letter && held.letter->id == id; }

Result<std::vector<SqsDeadLetters::Held>> SqsDeadLetters::HoldMore() {
  TR_ASSIGN(const json::object answer,
            sqs_.Call("ReceiveMessage",
                      {{"QueueUrl", urls_.dead},
                       {"MaxNumberOfMessages", kBatch},
                       {"WaitTimeSeconds", 1},  // 0 asks some of the queue's servers, and may see nothing
                       {"VisibilityTimeout", kHoldSeconds},
                       {"MessageSystemAttributeNames", json::array{"ApproximateReceiveCount", "SentTimestamp"}}}));
  std::vector<Held> held;
  for (const json::value& message : ArrayAt(answer, "Messages")) {
    held.push_back({ReadLetter(message), std::string(TextAt(message, "ReceiptHandle"))});
  }
  return held;
}

Result<std::vector<SqsDeadLetters::Held>> SqsDeadLetters::Hold(int limit, const std::string& id) {
  std::vector<Held> held;
  while (held.size() < std::min(kMostSeen, static_cast<std::size_t>(std::max(limit, 0)))) {
    Result<std::vector<Held>> more = HoldMore();
    if (!more.ok()) LetGo(held);
    if (!more.ok()) return more;
    const bool found = std::any_of(more->begin(), more->end(), [&](const Held& one) { return IsLetter(one, id); });
    held.insert(held.end(), more->begin(), more->end());
    if (found || more->empty()) break;
  }
  return held;
}

// A failure here only hides the letters until kHoldSeconds are over.
void SqsDeadLetters::LetGo(const std::vector<Held>& held) {
  for (std::size_t begin = 0; begin < held.size(); begin += kBatch) {
    json::array entries;
    for (std::size_t i = begin; i < std::min(begin + kBatch, held.size()); ++i) {
      entries.push_back({{"Id", std::to_string(i)}, {"ReceiptHandle", held[i].receipt}, {"VisibilityTimeout", 0}});
    }
    (void)sqs_.Call("ChangeMessageVisibilityBatch", {{"QueueUrl", urls_.dead}, {"Entries", std::move(entries)}});
  }
}

Result<std::vector<queue::DeadLetter>> SqsDeadLetters::List(int limit) {
  TR_ASSIGN(const std::vector<Held> held, Hold(limit, ""));
  LetGo(held);
  std::vector<queue::DeadLetter> letters;
  letters.reserve(held.size());
  for (const Held& one : held) {
    if (one.letter) letters.push_back(*one.letter);
  }
  std::sort(letters.begin(), letters.end(),
            [](const auto& a, const auto& b) { return std::tie(a.buried_at, a.id) < std::tie(b.buried_at, b.id); });
  if (letters.size() > static_cast<std::size_t>(std::max(limit, 0))) letters.resize(static_cast<std::size_t>(limit));
  return letters;
}

Result<void> SqsDeadLetters::Redrive(const std::string& id) {
  TR_ASSIGN(std::vector<Held> held, Hold(static_cast<int>(kMostSeen), id));
  const auto found = std::find_if(held.begin(), held.end(), [&](const Held& one) { return IsLetter(one, id); });
  if (found == held.end()) {
    LetGo(held);
    return NotFound("no such dead letter");
  }
  Held letter = *found;
  auto sent = sqs_.Call("SendMessage", {{"QueueUrl", urls_.intake}, {"MessageBody", SpellItem(letter.letter->item)}});
  if (sent.ok()) held.erase(found);
  LetGo(held);
  if (!sent.ok()) return sent.fault();
  TR_TRY(sqs_.Call("DeleteMessage", {{"QueueUrl", urls_.dead}, {"ReceiptHandle", letter.receipt}}));
  return Ok();
}

}  // namespace tr::aws
