#include "aws/aws_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "aws/aws_testing.h"
#include "net/raw_client.h"

namespace tr::aws {
namespace {

namespace json = boost::json;
using net::HttpRequest;
using net::HttpResponse;
using net::MakeResponse;

TEST(AwsClient, CallsAJsonServiceSigned) {
  HttpRequest seen;
  TestService service(kSqs, [&](const HttpRequest& request) {
    seen = request;
    return MakeResponse(200, kJson10, R"({"MessageId":"m1"})");
  });
  const auto answer = service.client().Call("SendMessage", {{"MessageBody", "x"}});
  ASSERT_TRUE(answer.ok()) << answer.fault().text;
  EXPECT_EQ(answer->at("MessageId").as_string(), "m1");
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.headers.Get("X-Amz-Target"), "AmazonSQS.SendMessage");
  EXPECT_EQ(seen.headers.Get("Content-Type"), kJson10);
  EXPECT_EQ(seen.body, R"({"MessageBody":"x"})");
  // What was received, signed again, gives the signature that was received.
  const net::Headers signed_headers{{"Host", std::string(seen.headers.Get("Host"))},
                                    {"Content-Type", std::string(kJson10)},
                                    {"X-Amz-Target", "AmazonSQS.SendMessage"}};
  const Signature again = Sign({"POST", "/", signed_headers, seen.body}, TestKeys(),
                               {"ap-southeast-1", "sqs", PathRule::kNormalised, PayloadRule::kHash}, kTestTime);
  EXPECT_EQ(seen.headers.Get("Authorization"), again.headers.Get("Authorization"));
  EXPECT_EQ(service.tally().Calls().at("sqs.SendMessage"), 1);
}

TEST(AwsClient, AnAccountThatWaitsAsksAgainWhatMayPass) {
  struct Case {
    int status;
    const char* code;
    std::vector<int> rounds;
  };
  for (const Case& one : {Case{400, "ThrottlingException", {0, 1, 2}}, Case{500, "InternalServerError", {0, 1, 2}},
                          Case{400, "ValidationException", {}}, Case{400, "ConditionalCheckFailedException", {}}}) {
    SCOPED_TRACE(one.code);
    TestService service(kDynamoDb, [&](const HttpRequest&) {
      return MakeResponse(one.status, kJson10, R"({"__type":")" + std::string(one.code) + R"("})");
    });
    std::vector<int> rounds;
    const auto client = service.Waiting([&](int round) {
      rounds.push_back(round);
      return round < 2;
    });
    EXPECT_FALSE(client->Call("PutItem", {}).ok());
    EXPECT_EQ(rounds, one.rounds);
    EXPECT_EQ(service.tally().Calls().at("dynamodb.PutItem"),
              static_cast<int>(std::max<std::size_t>(rounds.size(), 1)));
  }
}

TEST(AwsClient, AnErrorKeepsItsCodeAndItsBody) {
  TestService service(kDynamoDb, [](const HttpRequest&) {
    return MakeResponse(400, kJson10,
                        R"({"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",)"
                        R"("Message":"secret words","CancellationReasons":[{"Code":"None"}]})");
  });
  const auto answer = service.client().Ask("TransactWriteItems", {});
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->error, "TransactionCanceledException");
  EXPECT_EQ(answer->body.at("CancellationReasons").as_array().size(), 1u);
  const auto called = service.client().Call("TransactWriteItems", {});
  ASSERT_FALSE(called.ok());
  EXPECT_EQ(called.fault().text, "dynamodb TransactWriteItems: TransactionCanceledException (400)");
}

TEST(AwsClient, AnAnswerThatIsNoJsonIsTransient) {
  TestService service(kSqs, [](const HttpRequest&) { return MakeResponse(200, "text/html", "<p>log in first</p>"); });
  EXPECT_EQ(service.client().Call("SendMessage", {}).fault().kind, FaultKind::kTransient);
}

TEST(AwsClient, KeepsOneConnectionForCallsInARow) {
  TestService service(kSqs, [](const HttpRequest&) { return MakeResponse(200, kJson10, "{}"); });
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(service.client().Call("SendMessage", {}).ok());
  EXPECT_EQ(service.server().server.connections(), 1u);
}

TEST(AwsClient, CallersAtOnceDoNotWaitForEachOther) {
  net::Gate gate;
  TestService service(kSqs, [&](const HttpRequest&) { return gate.Pass(), MakeResponse(200, kJson10, "{}"); });
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) callers.emplace_back([&] { EXPECT_TRUE(service.client().Call("SendMessage", {}).ok()); });
  gate.WaitForArrivals(4);
  gate.Open();
  for (std::thread& caller : callers) caller.join();
}

TEST(AwsClient, AWrongClockIsSetByTheServicesAndTheCallRepeated) {
  std::vector<std::string> dates;
  TestService service(kSqs, [&](const HttpRequest& request) {
    dates.emplace_back(request.headers.Get("X-Amz-Date"));
    HttpResponse answer = MakeResponse(dates.size() == 1 ? 403 : 200, kJson10,
                                       dates.size() == 1 ? R"({"__type":"InvalidSignatureException"})" : "{}");
    return answer;
  });
  // The server's Date header is the real one, our clock stands at kTestTime: years apart.
  EXPECT_TRUE(service.client().Call("SendMessage", {}).ok());
  EXPECT_TRUE(service.client().Call("SendMessage", {}).ok());
  ASSERT_EQ(dates.size(), 3u);
  EXPECT_EQ(dates[0], "20260601T120000Z");
  EXPECT_NE(dates[1].substr(0, 8), dates[0].substr(0, 8));
  EXPECT_EQ(dates[2].substr(0, 8), dates[1].substr(0, 8));
}

TEST(AwsClient, AWrongKeyIsNotTriedTwice) {
  int calls = 0;
  TestService service(kSqs, [&](const HttpRequest&) {
    ++calls;
    return MakeResponse(403, kJson10, R"({"__type":"UnrecognizedClientException"})");
  });
  EXPECT_EQ(service.client().Call("SendMessage", {}).fault().kind, FaultKind::kPermanent);
  EXPECT_EQ(calls, 1);
}

TEST(AwsClient, KeysThatRanOutAreAskedForAnewOnce) {
  int calls = 0;
  TestService service(kSqs, [&](const HttpRequest& request) {
    ++calls;
    const bool old = request.headers.Get("X-Amz-Security-Token") == "token-1";
    return MakeResponse(old ? 400 : 200, kJson10, old ? R"({"__type":"ExpiredTokenException"})" : "{}");
  });
  EXPECT_TRUE(service.client().Call("SendMessage", {}).ok());
  EXPECT_EQ(calls, 2);
  EXPECT_TRUE(service.client().Call("SendMessage", {}).ok());
  EXPECT_EQ(calls, 3);
}

// Listens, answers the first request of each connection, and hangs up at the second without a word.
class HangsUp {
 public:
  HangsUp() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where), 0);
    EXPECT_EQ(::listen(socket_, 8), 0);
    socklen_t size = sizeof where;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&where), &size);
    port_ = ntohs(where.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~HangsUp() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  int port() const { return port_; }
  int requests() const { return requests_; }

 private:
  void Serve() {
    for (int peer = 0; (peer = ::accept(socket_, nullptr, nullptr)) >= 0; ::close(peer)) {
      if (!ReadRequest(peer)) continue;
      const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
      EXPECT_EQ(::send(peer, answer.data(), answer.size(), MSG_NOSIGNAL), static_cast<ssize_t>(answer.size()));
      ReadRequest(peer);
    }
  }
  bool ReadRequest(int peer) {
    std::string received;
    char bytes[4096];
    while (received.find("\r\n\r\n{}") == std::string::npos) {
      const ssize_t count = ::recv(peer, bytes, sizeof bytes, 0);
      if (count <= 0) return false;
      received.append(bytes, static_cast<std::size_t>(count));
    }
    ++requests_;
    return true;
  }

  int socket_;
  int port_ = 0;
  std::atomic<int> requests_{0};
  std::thread thread_;
};

TEST(AwsClient, AKeptConnectionThatDiesBeforeAnyAnswerIsOpenedAnew) {
  HangsUp server;
  TestService service(kSqs, "http://127.0.0.1:" + std::to_string(server.port()));
  for (int i = 0; i < 3; ++i) {
    const auto answer = service.client().Call("SendMessage", {});
    EXPECT_TRUE(answer.ok()) << answer.fault().text;
  }
  EXPECT_EQ(server.requests(), 5);  // the second and the third were each sent twice
}

TEST(AwsClient, ABucketIsAHostOfItsOwnUnlessTheEndpointIsCustom) {
  const Endpoint regional = *EndpointOf(kS3, "ap-southeast-1", {});
  EXPECT_EQ(Below(regional, "tr-rules").origin, "https://tr-rules.s3.ap-southeast-1.amazonaws.com");
}

TEST(Service, EndpointsComeFromTheEnvironmentFirst) {
  struct Row {
    Environment environment;
    const char *origin, *host, *path;
  };
  for (const Row& row : {
           Row{{}, "https://email.eu-west-1.amazonaws.com", "email.eu-west-1.amazonaws.com", ""},
           Row{{{"AWS_ENDPOINT_URL", "http://127.0.0.1:5000/"}}, "http://127.0.0.1:5000", "127.0.0.1:5000", ""},
           Row{{{"AWS_ENDPOINT_URL", "http://a"}, {"AWS_ENDPOINT_URL_SESV2", "https://b:443/p/"}},
               "https://b:443",
               "b",
               "/p"},
       }) {
    const Result<Endpoint> endpoint = EndpointOf(kSes, "eu-west-1", row.environment);
    ASSERT_TRUE(endpoint.ok());
    EXPECT_EQ(endpoint->origin, row.origin);
    EXPECT_EQ(endpoint->host, row.host);
    EXPECT_EQ(endpoint->path, row.path);
  }
  for (const char* url : {"127.0.0.1:5000", "ftp://x", "http://", "http://a?b", "https://user@host"}) {
    const auto endpoint = EndpointOf(kSes, "eu-west-1", {{"AWS_ENDPOINT_URL_SESV2", url}});
    ASSERT_FALSE(endpoint.ok()) << url;
    EXPECT_EQ(endpoint.fault().kind, FaultKind::kInvalid);
  }
}

TEST(Service, TheRegionMustBeSaid) {
  EXPECT_EQ(*RegionOf({{"AWS_DEFAULT_REGION", "eu-west-1"}}), "eu-west-1");
  EXPECT_EQ(*RegionOf({{"AWS_REGION", "a-1"}, {"AWS_DEFAULT_REGION", "eu-west-1"}}), "a-1");
  EXPECT_EQ(RegionOf({}).fault().kind, FaultKind::kInvalid);
  EXPECT_EQ(RegionOf({{"AWS_REGION", "evil.example/"}}).fault().kind, FaultKind::kInvalid);
}

}  // namespace
}  // namespace tr::aws
