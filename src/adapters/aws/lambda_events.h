#pragma once
// What calls a Lambda function: messages of SQS, objects of S3, HTTP requests to its URL, a schedule's tick. Read
// leniently: members that are missing or null are empty, unknown ones are passed over.

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "net/http_types.h"

namespace tr::aws {

struct SqsRecord {
  std::string id;  // names it among those that failed
  std::string receipt;
  std::string body;
  int attempts = 1;  // receives, this one included
  Time sent_at{};
  std::string queue;  // its ARN
};

struct S3Record {
  std::string event;  // "ObjectCreated:Put"
  std::string bucket;
  std::string key;      // decoded
  std::string version;  // "" where the bucket keeps no versions
  std::int64_t size = 0;
};

struct Schedule {
  std::string job;            // the input's "job", else the name of the rule or schedule, else ""
  boost::json::object input;  // as it came
};

using SqsEvent = std::vector<SqsRecord>;
using S3Event = std::vector<S3Record>;
using Event = std::variant<SqsEvent, S3Event, net::HttpRequest, Schedule>;

// kInvalid: no JSON object, or records of another source.
Result<Event> ParseEvent(std::string_view json);

// S3's notification as it stands in a message that S3 sent to a queue. Empty for S3's test event.
Result<S3Event> ParseS3Notification(std::string_view json);

// The answer to SqsEvent where the mapping has ReportBatchItemFailures: the ids that are to come again. Whole batches
// come again for an id that was not among the records, so none must be invented.
std::string WriteBatchFailures(const std::vector<std::string>& ids);

// The answer to a request to the function's URL (payload version 2.0). Bodies that are not UTF-8 text, or that are
// compressed, go as base 64. An event stream cannot go this way: its beginning alone is sent.
std::string WriteUrlResponse(const net::HttpResponse& response);

}  // namespace tr::aws
