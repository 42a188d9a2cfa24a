#include "aws/lambda_events.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "aws/json_fields.h"
#include "aws/lambda_url.h"
#include "net/http_encoding.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

SqsRecord ReadSqs(const json::value& record) {
  const json::object& attributes = ObjectAt(record, "attributes");
  const auto attempts = static_cast<int>(NumberAt(attributes, "ApproximateReceiveCount"));
  return {std::string(TextAt(record, "messageId")),
          std::string(TextAt(record, "receiptHandle")),
          std::string(TextAt(record, "body")),
          std::max(attempts, 1),
          FromMillis(NumberAt(attributes, "SentTimestamp")),
          std::string(TextAt(record, "eventSourceARN"))};
}

// S3 writes keys as forms do: "+" is a space.
std::string DecodeKey(std::string_view key) {
  std::string spaced(key);
  for (char& c : spaced) c = c == '+' ? ' ' : c;
  return net::PercentDecode(spaced).value_or(std::string(key));
}

S3Record ReadS3(const json::value& record) {
  const json::object& s3 = ObjectAt(record, "s3");
  const json::object& object = ObjectAt(s3, "object");
  return {std::string(TextAt(record, "eventName")), std::string(TextAt(ObjectAt(s3, "bucket"), "name")),
          DecodeKey(TextAt(object, "key")), std::string(TextAt(object, "versionId")), NumberAt(object, "size")};
}

bool ComesFrom(const json::array& records, std::string_view source) {
  for (const json::value& record : records) {
    if (TextAt(record, "eventSource") != source) return false;
  }
  return true;
}

template <typename Record>
std::vector<Record> ReadEach(const json::array& records, Record (*read)(const json::value&)) {
  std::vector<Record> all;
  for (const json::value& record : records) all.push_back(read(record));
  return all;
}

// "arn:aws:events:us-east-2:123456789012:rule/nightly" is "nightly".
std::string NameInArn(const json::array& resources) {
  if (resources.empty() || !resources.front().is_string()) return "";
  const std::string_view arn = resources.front().get_string();
  const std::size_t slash = arn.rfind('/');
  return slash == arn.npos ? "" : std::string(arn.substr(slash + 1));
}

Result<json::value> ParseObject(std::string_view text) {
  Result<json::value> parsed = ParseJson(text);
  if (!parsed.ok() || !parsed->is_object()) return Invalid("the event is no JSON object");
  return parsed;
}

}  // namespace

Result<Event> ParseEvent(std::string_view text) {
  TR_ASSIGN(const json::value parsed, ParseObject(text));
  const json::object& event = parsed.get_object();
  if (event.contains("Records")) {
    const json::array& records = ArrayAt(event, "Records");
    if (ComesFrom(records, "aws:sqs")) return Event(ReadEach(records, &ReadSqs));
    if (ComesFrom(records, "aws:s3")) return Event(ReadEach(records, &ReadS3));
    return Invalid("the event holds records that are neither of SQS nor of S3");
  }
  if (TextAt(event, "Event") == "s3:TestEvent") return Event(S3Event());
  if (!ObjectAt(ObjectAt(event, "requestContext"), "http").empty()) return Event(ReadUrlRequest(event));
  std::string job(TextAt(event, "job"));
  if (job.empty()) job = NameInArn(ArrayAt(event, "resources"));
  return Event(Schedule{std::move(job), event});
}

Result<S3Event> ParseS3Notification(std::string_view text) {
  TR_ASSIGN(const json::value parsed, ParseObject(text));
  const json::array& records = ArrayAt(parsed.get_object(), "Records");
  const bool is_test = TextAt(parsed, "Event") == "s3:TestEvent";
  if (records.empty() ? !is_test : !ComesFrom(records, "aws:s3")) return Invalid("this is no notification of S3");
  return ReadEach(records, &ReadS3);
}

std::string WriteBatchFailures(const std::vector<std::string>& ids) {
  json::array failures;
  for (const std::string& id : ids) failures.push_back(json::object{{"itemIdentifier", id}});
  return json::serialize(json::object{{"batchItemFailures", std::move(failures)}});
}

}  // namespace tr::aws
