#include "aws/aws_fault.h"

#include <gtest/gtest.h>

#include "aws/http_date.h"
#include "aws/xml_text.h"

namespace tr::aws {
namespace {

net::HttpResponse Answer(int status, std::string body, net::Headers headers = {}) {
  return {status, std::move(headers), std::move(body), nullptr};
}

TEST(ErrorCode, FromHeaderThenBody) {
  struct Row {
    net::HttpResponse answer;
    const char* code;
  };
  for (const Row& row : {
           Row{Answer(200, R"({"__type":"x"})"), ""},
           Row{Answer(204, ""), ""},
           Row{Answer(304, ""), "NotModified"},
           Row{Answer(400, R"({"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"})"),
               "ConditionalCheckFailedException"},
           Row{Answer(400, R"({"code":"a#B:http://c"})"), "B"},
           Row{Answer(400, R"({"__type":"body"})", {{"X-Amzn-ErrorType", "Head:http://internal/"}}), "Head"},
           Row{Answer(404, "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code><Message>m</Message></Error>"),
               "NoSuchKey"},
           Row{Answer(404, ""), "HTTP404"},
           Row{Answer(502, "<html>Bad Gateway</html>"), "HTTP502"},
           Row{Answer(400, "{"), "HTTP400"},
           Row{Answer(400, R"({"__type":5})"), "HTTP400"},
           Row{Answer(400, R"({"__type":"a b\nc\u0000d"})"), "abcd"},
       }) {
    EXPECT_EQ(ErrorCode(row.answer), row.code);
  }
  EXPECT_LE(ErrorCode(Answer(400, R"({"__type":")" + std::string(5000, 'x') + "\"}")).size(), 80u);
}

TEST(FaultOf, CodesAreOrders) {
  struct Row {
    int status;
    const char* code;
    FaultKind kind;
  };
  for (const Row& row : {
           Row{400, "ProvisionedThroughputExceededException", FaultKind::kTransient},
           Row{400, "ThrottlingException", FaultKind::kTransient},
           Row{403, "RequestThrottled", FaultKind::kTransient},
           Row{429, "TooManyRequestsException", FaultKind::kTransient},
           Row{429, "", FaultKind::kTransient},
           Row{400, "TransactionInProgressException", FaultKind::kTransient},
           Row{409, "ReplicatedWriteConflictException", FaultKind::kTransient},
           Row{408, "ModelTimeoutException", FaultKind::kTransient},
           Row{424, "ModelErrorException", FaultKind::kTransient},
           Row{500, "InternalServerError", FaultKind::kTransient},
           Row{503, "SlowDown", FaultKind::kTransient},
           Row{503, "", FaultKind::kTransient},
           Row{400, "ExpiredTokenException", FaultKind::kTransient},
           Row{403, "RequestTimeTooSkewed", FaultKind::kTransient},
           Row{400, "ConditionalCheckFailedException", FaultKind::kConflict},
           Row{412, "PreconditionFailed", FaultKind::kConflict},
           Row{412, "", FaultKind::kConflict},
           Row{409, "ConditionalRequestConflict", FaultKind::kTransient},
           Row{400, "TransactionConflictException", FaultKind::kTransient},
           Row{404, "NoSuchKey", FaultKind::kNotFound},
           Row{404, "NoSuchBucket", FaultKind::kPermanent},
           Row{404, "", FaultKind::kPermanent},
           Row{400, "ResourceNotFoundException", FaultKind::kPermanent},
           Row{400, "QueueDoesNotExist", FaultKind::kPermanent},
           Row{400, "ValidationException", FaultKind::kPermanent},
           Row{403, "AccessDeniedException", FaultKind::kPermanent},
           Row{400, "MessageRejected", FaultKind::kPermanent},
           Row{403, "SignatureDoesNotMatch", FaultKind::kPermanent},
       }) {
    const std::string body = "{\"__type\":\"" + std::string(row.code) + "\",\"message\":\"customer words\"}";
    const Fault fault = FaultOf("svc", "Operation", Answer(row.status, body));
    EXPECT_EQ(fault.kind, row.kind) << row.status << " " << row.code;
    EXPECT_EQ(fault.text.find("customer"), std::string::npos);
    EXPECT_EQ(fault.retry_after, std::nullopt);
  }
}

TEST(FaultOf, SaysWhatToDo) {
  EXPECT_EQ(FaultOf("sqs", "SendMessage", Answer(403, R"({"__type":"AccessDeniedException"})")).text,
            "sqs SendMessage: AccessDeniedException (403); the role's policy must allow it");
}

TEST(FaultOf, TakesRetryAfterWithinAnHour) {
  struct Row {
    const char* header;
    std::optional<Duration> wanted;
  };
  for (const Row& row : {Row{"7", Duration(7000)}, Row{" 0 ", Duration(0)}, Row{"999999", Duration(3'600'000)},
                         Row{"-1", std::nullopt}, Row{"soon", std::nullopt}, Row{"", std::nullopt}}) {
    EXPECT_EQ(FaultOf("s", "o", Answer(429, "", {{"Retry-After", row.header}})).retry_after, row.wanted) << row.header;
  }
}

TEST(XmlText, TheFirstLeafOfThatName) {
  struct Row {
    const char *xml, *text;
  };
  for (const Row& row :
       {Row{"<a><Key>x</Key><Key>y</Key></a>", "x"}, Row{"<Key>a&amp;&lt;b&gt;&quot;</Key>", "a&<b>\""},
        Row{"<Key>x", ""}, Row{"<Key><Key>x</Key></Key>", ""}, Row{"", ""}, Row{"<Key></Key>", ""},
        Row{"<Key>&amp;lt;</Key>", "&lt;"}}) {
    EXPECT_EQ(XmlText(row.xml, "Key"), row.text) << row.xml;
  }
}

TEST(ParseHttpDate, OneForm) {
  EXPECT_EQ(ParseHttpDate("Sun, 22 Nov 2026 22:57:48 GMT"), *ParseTime("2026-11-22T22:57:48Z"));
  for (const char* text : {"", "Sun, 22 Nov 2026 22:57:48 UTC", "Sun, 22 ovD 2026 22:57:48 GMT",
                           "Sunday, 22-Nov-26 22:57:48 GMT", "Sun, 99 Nov 2026 22:57:48 GMT"}) {
    EXPECT_EQ(ParseHttpDate(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace tr::aws
