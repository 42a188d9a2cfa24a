#include "aws/lambda_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "aws/sqs_queue.h"

namespace tr::aws {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

template <typename T>
T Parsed(std::string_view text) {
  const Result<Event> event = ParseEvent(text);
  if (!event.ok() || !std::holds_alternative<T>(*event)) {
    ADD_FAILURE() << "another event: " << (event.ok() ? std::to_string(event->index()) : event.fault().text);
    return {};
  }
  return std::get<T>(*event);
}

TEST(ParseEvent, SqsRecordsBecomeLeases) {
  const auto records = Parsed<SqsEvent>(R"({"Records":[
    {"messageId":"m1","receiptHandle":"r1==","body":"{\"ticket\":\"T1\",\"message\":2}","eventSource":"aws:sqs",
     "attributes":{"ApproximateReceiveCount":"3","SentTimestamp":"1545082649183"},
     "eventSourceARN":"arn:aws:sqs:us-east-2:123456789012:tr-intake","messageAttributes":{},"awsRegion":"us-east-2"},
    {"messageId":"m2","body":null,"attributes":null,"eventSource":"aws:sqs"}]})");
  ASSERT_THAT(records, SizeIs(2));
  EXPECT_EQ(records[0].id, "m1");
  EXPECT_EQ(records[0].attempts, 3);
  EXPECT_EQ(ToMillis(records[0].sent_at), 1545082649183);
  EXPECT_EQ(records[0].queue, "arn:aws:sqs:us-east-2:123456789012:tr-intake");
  EXPECT_EQ(records[1].attempts, 1);
  const auto lease = LeaseOf(records[0].body, records[0].receipt, records[0].attempts, records[0].sent_at, Time{});
  ASSERT_TRUE(lease);
  EXPECT_EQ(lease->item, (queue::Item{"T1", 2}));
  EXPECT_EQ(lease->attempts, 3);
  EXPECT_FALSE(LeaseOf(records[1].body, "r", 1, Time{}, Time{}));
  for (const char* body : {"[]", "{\"ticket\":1,\"message\":2}", "{\"ticket\":\"T\"}", "T1"}) {
    EXPECT_FALSE(LeaseOf(body, "r", 1, Time{}, Time{})) << body;
  }
}

TEST(ParseEvent, S3KeysAreDecoded) {
  struct Row {
    const char *sent, *key;
  };
  for (const Row& row : {Row{"Happy+Face%2Fa.jpg", "Happy Face/a.jpg"}, Row{"a%2Bb", "a+b"}, Row{"100%", "100%"},
                         Row{"emails/%C3%A9", "emails/\xC3\xA9"}}) {
    const auto records = Parsed<S3Event>(
        std::string(
            R"({"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},)") +
        R"("object":{"key":")" + row.sent + R"(","size":1024,"versionId":"v1"}}}]})");
    ASSERT_THAT(records, SizeIs(1));
    EXPECT_EQ(records[0].key, row.key);
    EXPECT_EQ(records[0].bucket, "b");
    EXPECT_EQ(records[0].event, "ObjectCreated:Put");
    EXPECT_EQ(records[0].version, "v1");
    EXPECT_EQ(records[0].size, 1024);
  }
}

constexpr std::string_view kTestEvent =
    R"({"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2014-10-13T15:57:02.089Z","Bucket":"b","RequestId":"1"})";

TEST(ParseEvent, S3sTestEventHoldsNothing) {
  EXPECT_THAT(Parsed<S3Event>(kTestEvent), IsEmpty());
  EXPECT_THAT(*ParseS3Notification(kTestEvent), IsEmpty());
  EXPECT_EQ(ParseS3Notification("{}").fault().kind, FaultKind::kInvalid);
  EXPECT_EQ(ParseS3Notification(R"({"Records":[{"eventSource":"aws:sqs"}]})").fault().kind, FaultKind::kInvalid);
}

TEST(ParseEvent, AUrlsRequestIsTheRequestThatItWas) {
  const auto request = Parsed<net::HttpRequest>(R"({"version":"2.0","routeKey":"$default","rawPath":"/chat/a%20b",
    "rawQueryString":"a=1&a=2&q=x+y%26","cookies":["c1=1","c2=2"],
    "headers":{"content-type":"application/x-www-form-urlencoded","X-Slack-Signature":"v0=1","many":"1,2"},
    "requestContext":{"http":{"method":"POST","path":"/chat","sourceIp":"203.0.113.9"},"authorizer":null},
    "body":"cGF5bG9hZD0lN0IlN0Q=","isBase64Encoded":true,"pathParameters":null})");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/chat/a%20b");
  EXPECT_THAT(request.query, ElementsAre(Pair("a", "1"), Pair("a", "2"), Pair("q", "x y&")));
  EXPECT_EQ(request.headers.Get("x-slack-signature"), "v0=1");
  EXPECT_EQ(request.headers.Get("Many"), "1,2");
  EXPECT_EQ(request.headers.Get("Cookie"), "c1=1; c2=2");
  EXPECT_EQ(request.body, "payload=%7B%7D");
  EXPECT_EQ(request.peer, "203.0.113.9");
}

TEST(ParseEvent, AUrlsRequestMayLackEverything) {
  const auto request =
      Parsed<net::HttpRequest>(R"({"requestContext":{"http":{"method":"GET"}},"body":null,"headers":null})");
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.path, "/");
  EXPECT_EQ(request.body, "");
  EXPECT_EQ(request.headers.size(), 0u);
}

TEST(ParseEvent, SchedulesSayTheirJob) {
  struct Row {
    const char *event, *job;
  };
  for (
      const Row& row : {
          Row{R"({"job":"drive-sync"})", "drive-sync"},
          Row{R"({"source":"aws.events","resources":["arn:aws:events:us-east-2:1:rule/my-schedule"],"detail":{}})",
              "my-schedule"},
          Row{R"({"source":"aws.scheduler","resources":["arn:aws:scheduler:r:1:schedule/default/sweep"],"detail":"{}"})",
              "sweep"},
          Row{R"({"anything":[1,2]})", ""},
          Row{"{}", ""},
      }) {
    EXPECT_EQ(Parsed<Schedule>(row.event).job, row.job) << row.event;
  }
}

TEST(ParseEvent, OthersAreRefused) {
  for (const char* text : {"", "null", "[]", "\"x\"", "{", R"({"Records":[{"eventSource":"aws:ses"}]})",
                           R"({"Records":[{"EventSource":"aws:sns"}]})", R"({"Records":[7]})",
                           R"({"Records":[{"eventSource":"aws:sqs"},{"eventSource":"aws:s3"}]})"}) {
    const auto event = ParseEvent(text);
    ASSERT_FALSE(event.ok()) << text;
    EXPECT_EQ(event.fault().kind, FaultKind::kInvalid);
  }
}

TEST(WriteBatchFailures, NamesEachId) {
  EXPECT_EQ(WriteBatchFailures({}), R"({"batchItemFailures":[]})");
  EXPECT_EQ(WriteBatchFailures({"a", "b"}), R"({"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"b"}]})");
}

TEST(WriteUrlResponse, TextAsTextTheRestAsBase64) {
  net::HttpResponse response{
      303,
      {{"Location", "/x"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}, {"Vary", "A"}, {"vary", "B"}},
      "caf\xC3\xA9",
      nullptr};
  const json::value text = json::parse(WriteUrlResponse(response));
  EXPECT_EQ(text, json::parse(R"({"statusCode":303,"headers":{"location":"/x","vary":"A, B"},"cookies":["a=1","b=2"],)"
                              "\"body\":\"caf\xC3\xA9\",\"isBase64Encoded\":false}"));
  response.body = "\xFF\x00";
  EXPECT_EQ(json::parse(WriteUrlResponse(response)).at("body"), "/w==");
  EXPECT_EQ(json::parse(WriteUrlResponse(response)).at("isBase64Encoded"), true);
  response = net::MakeResponse(200, "text/html", "abc");
  response.headers.Add("Content-Encoding", "gzip");
  EXPECT_EQ(json::parse(WriteUrlResponse(response)).at("body"), "YWJj");
}

// What AWS's own SDKs test themselves with, where the folder lies beside the project.
TEST(ParseEvent, TheSdksFixtures) {
  const char* source = std::getenv("TR_SOURCE");
  const std::filesystem::path folder =
      std::filesystem::path(source == nullptr ? "." : source) / ".." / "shared" / "suites" / "lambda_events";
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "there is no folder shared/suites beside the project";
  struct Row {
    const char* name;
    std::size_t kind;  // of the variant; 9: refused
    std::size_t count;
  };
  for (const Row& row : {
           Row{"sqs-event", 0, 1},
           Row{"powertools-sqsEvent", 0, 2},
           Row{"powertools-s3SqsEvent", 0, 1},
           Row{"s3-event", 1, 1},
           Row{"s3-event-with-decoded", 1, 1},
           Row{"lambda-urls-request", 2, 0},
           Row{"powertools-lambdaFunctionUrlEvent", 2, 0},
           Row{"apigw-v2-request-no-authorizer", 2, 0},
           Row{"function-url-domain-only-get-request", 2, 0},
           Row{"function-url-domain-only-get-request-trailing-slash", 2, 0},
           Row{"function-url-domain-only-request-with-base64-encoded-body", 2, 0},
           Row{"function-url-request-with-headers-and-cookies-and-text-body", 2, 0},
           Row{"ses-lambda-event", 9, 0},
           Row{"sns-event", 9, 0},
           Row{"dynamodb-event", 9, 0},
       }) {
    std::ifstream file(folder / (std::string(row.name) + ".json"));
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const Result<Event> event = ParseEvent(text);
    EXPECT_EQ(event.ok() ? event->index() : 9u, row.kind) << row.name;
    if (!event.ok()) continue;
    if (const auto* sqs = std::get_if<SqsEvent>(&*event)) {
      EXPECT_THAT(*sqs, SizeIs(row.count)) << row.name;
      for (const SqsRecord& record : *sqs) EXPECT_FALSE(record.id.empty() || record.receipt.empty());
      if (row.name == std::string("powertools-s3SqsEvent")) {
        EXPECT_EQ((*ParseS3Notification(sqs->at(0).body))[0].key, "test.pdf");
      }
    }
    if (const auto* s3 = std::get_if<S3Event>(&*event)) {
      EXPECT_THAT(*s3, SizeIs(row.count)) << row.name;
      EXPECT_EQ(s3->at(0).key, "Happy Face.jpg") << row.name;
    }
    if (const auto* url = std::get_if<net::HttpRequest>(&*event)) {
      EXPECT_THAT(url->method, ::testing::AnyOf("GET", "POST")) << row.name;
      EXPECT_EQ(url->path.front(), '/') << row.name;
    }
  }
}

}  // namespace
}  // namespace tr::aws
