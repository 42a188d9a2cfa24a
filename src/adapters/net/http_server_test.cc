#include "net/http_server.h"

#include <atomic>
#include <stdexcept>
#include <thread>

#include "net/raw_client.h"

namespace tr::net {
namespace {

HttpResponse Echo(const HttpRequest& request) {
  return MakeResponse(200, "text/plain", request.method + " " + request.path + " [" + request.body + "]");
}

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

TEST(HttpServer, KeepsTheConnectionBetweenRequests) {
  TestServer server(Echo);
  RawClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.Send("POST /x" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"));
    EXPECT_EQ(Body(client.ReadResponse()), "POST /x" + std::to_string(i) + " [hello]");
  }
  EXPECT_EQ(server.server.connections(), 1u);
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
  TestServer server(Echo);
  RawClient client(server.port());
  std::string all;
  for (int i = 0; i < 50; ++i) all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
  ASSERT_TRUE(client.Send(all));
  for (int i = 0; i < 50; ++i) EXPECT_EQ(Body(client.ReadResponse()), "GET /" + std::to_string(i) + " []");
}

TEST(HttpServer, HandsOverQueryHeadersAndPeer) {
  TestServer server([](const HttpRequest& request) {
    std::string text = request.path;
    for (const auto& [name, value] : request.query) text += "|" + name + "=" + value;
    return MakeResponse(200, "text/plain", text + "|" + std::string(request.headers.Get("x-ONE")) + "|" + request.peer);
  });
  RawClient client(server.port());
  ASSERT_TRUE(client.Send("GET /p%20q?a=1+2&b=%C3%A9&c HTTP/1.1\r\nHost: h\r\nX-One:  v \r\n\r\n"));
  EXPECT_EQ(Body(client.ReadResponse()), "/p%20q|a=1 2|b=\xC3\xA9|c=|v|127.0.0.1");
  ASSERT_TRUE(client.Send("GET http://h:80/abs?x=y HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_EQ(Body(client.ReadResponse()), "/abs|x=y||127.0.0.1");
}

TEST(HttpServer, JoinsChunkedBodiesAndIgnoresTrailers) {
  TestServer server([](const HttpRequest& request) {
    return MakeResponse(200, "text/plain", request.body + "|" + std::string(request.headers.Get("X-Late")));
  });
  RawClient client(server.port());
  const std::string message =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n1;ext=1\r\n \r\n5\r\nworld\r\n0\r\nX-Late: 1\r\n\r\n";
  ASSERT_TRUE(client.Send(message));
  EXPECT_EQ(Body(client.ReadResponse()), "hello world|");
  for (const char byte : message) ASSERT_TRUE(client.Send({&byte, 1}));
  EXPECT_EQ(Body(client.ReadResponse()), "hello world|");
}

TEST(HttpServer, TakesBodiesAndGivesAnswersOfManyReads) {
  HttpServerOptions options;
  options.max_body_bytes = 4 << 20;
  TestServer server([](const HttpRequest& request) { return MakeResponse(200, "text/plain", request.body); }, options);
  RawClient client(server.port());
  std::string body(4 << 20, 'x');
  for (std::size_t i = 0; i < body.size(); i += 7) body[i] = static_cast<char>('a' + i % 26);
  ASSERT_TRUE(client.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n"));
  ASSERT_TRUE(client.Send(body));
  EXPECT_EQ(Body(client.ReadResponse()), body);
}

TEST(HttpServer, TellsAClientThatWaitsToGoOn) {
  TestServer server(Echo);
  RawClient client(server.port());
  ASSERT_TRUE(client.Send("POST /w HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(client.ReadResponse(), "HTTP/1.1 100 Continue\r\n\r\n");
  ASSERT_TRUE(client.Send("ok"));
  EXPECT_EQ(Body(client.ReadResponse()), "POST /w [ok]");
}

TEST(HttpServer, HeadAndNoContentHaveNoBody) {
  TestServer server([](const HttpRequest& request) {
    return request.path == "/none" ? HttpResponse{204, {}, "", nullptr} : MakeResponse(200, "text/plain", "four");
  });
  RawClient client(server.port());
  ASSERT_TRUE(client.Send("HEAD / HTTP/1.0\r\n\r\n"));
  const std::string head = client.ReadToEnd();
  EXPECT_NE(head.find("Content-Length: 4\r\n"), std::string::npos);
  EXPECT_EQ(Body(head), "");
  RawClient other(server.port());
  ASSERT_TRUE(other.Send("GET /none HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_EQ(other.ReadResponse().find("Content-Length"), std::string::npos);
}

struct EndCase {
  const char* name;
  std::string request;
  bool kept;
};
class HttpServerEnd : public testing::TestWithParam<EndCase> {};

TEST_P(HttpServerEnd, KeepsOrClosesAsAsked) {
  TestServer server(Echo);
  RawClient client(server.port());
  ASSERT_TRUE(client.Send(GetParam().request));
  EXPECT_EQ(Status(client.ReadResponse()), 200);
  if (GetParam().kept) {
    ASSERT_TRUE(client.Send(kGet));
    EXPECT_EQ(Status(client.ReadResponse()), 200);
  } else {
    EXPECT_EQ(client.ReadToEnd(), "");
    EXPECT_TRUE(client.ended());
  }
}

INSTANTIATE_TEST_SUITE_P(
    , HttpServerEnd,
    testing::Values(EndCase{"Http11", std::string(kGet), true},
                    EndCase{"Close", "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", false},
                    EndCase{"Http10", "GET / HTTP/1.0\r\n\r\n", false},
                    EndCase{"Http10Kept", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true}),
    [](const auto& row) { return row.param.name; });

struct BadCase {
  const char* name;
  std::string request;
  int status;
};
class HttpServerBad : public testing::TestWithParam<BadCase> {};

TEST_P(HttpServerBad, IsRefusedWithAProblemAndTheConnectionEnds) {
  HttpServerOptions options;
  options.max_body_bytes = 100;
  std::atomic<int> handled = 0;
  TestServer server([&](const HttpRequest&) { return ++handled, HttpResponse{}; }, options);
  RawClient client(server.port());
  ASSERT_TRUE(client.Send(GetParam().request));
  const std::string answer = client.ReadResponse();
  EXPECT_EQ(Status(answer), GetParam().status) << answer;
  EXPECT_NE(answer.find("application/problem+json"), std::string::npos);
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
  client.ReadToEnd();
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(handled, 0);
  // Others are still served.
  RawClient next(server.port());
  ASSERT_TRUE(next.Send(kGet));
  EXPECT_EQ(Status(next.ReadResponse()), 200);
}

std::string Post(const std::string& fields, const std::string& body) {
  return "POST / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n" + body;
}
std::string ManyFields() {
  std::string fields;
  for (int i = 0; i < 1000; ++i) fields += "X-" + std::to_string(i) + ": 0123456789\r\n";
  return fields;
}

INSTANTIATE_TEST_SUITE_P(
    , HttpServerBad,
    testing::Values(
        BadCase{"NotHttp", "hello there\r\n\r\n", 400}, BadCase{"Tls", "\x16\x03\x01\x02\r\n\r\n", 400},
        BadCase{"Version", "GET / HTTP/3.0\r\nHost: h\r\n\r\n", 400}, BadCase{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
        BadCase{"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        BadCase{"Target", "GET nowhere HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        BadCase{"NulInField", std::string("GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n", 35), 400},
        BadCase{"SpaceBeforeColon", Post("X : 1\r\n", ""), 400},
        BadCase{"NegativeLength", Post("Content-Length: -1\r\n", ""), 400},
        BadCase{"TwoLengths", Post("Content-Length: 1\r\nContent-Length: 2\r\n", "ab"), 400},
        BadCase{"LengthAndChunks", Post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
        BadCase{"ChunksAndLength", Post("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n", "0\r\n\r\n"), 400},
        BadCase{"OtherCoding", Post("Transfer-Encoding: gzip\r\n", ""), 501},
        BadCase{"CodingList", Post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
        BadCase{"BadChunk", Post("Transfer-Encoding: chunked\r\n", "zz\r\n"), 400},
        BadCase{"BodyTooLarge", Post("Content-Length: 101\r\n", std::string(101, 'x')), 413},
        BadCase{"BodyFarTooLarge", Post("Content-Length: 99999999999\r\n", ""), 413},
        BadCase{"ChunksTooLarge",
                Post("Transfer-Encoding: chunked\r\n",
                     "3c\r\n" + std::string(60, 'x') + "\r\n3c\r\n" + std::string(60, 'x')),
                413},
        BadCase{"ChunkExtensionTooLong", Post("Transfer-Encoding: chunked\r\n", "1;" + std::string(40000, 'x')), 431},
        BadCase{"TrailersTooLong", Post("Transfer-Encoding: chunked\r\n", "0\r\n" + ManyFields() + "\r\n"), 431},
        BadCase{"TargetTooLong", "GET /" + std::string(20000, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n", 431},
        BadCase{"FieldTooLong", Post("X: " + std::string(20000, 'x') + "\r\n", ""), 431},
        BadCase{"TooManyFields", Post(ManyFields(), ""), 431},
        BadCase{"QueryTooLong",
                [] {
                  std::string query;
                  for (int i = 0; i < 1001; ++i) query += "a&";
                  return "GET /?" + query + " HTTP/1.1\r\nHost: h\r\n\r\n";
                }(),
                400}),
    [](const auto& row) { return row.param.name; });

TEST(HttpServer, CountsAHeaderThatComesInPieces) {
  TestServer server(Echo);
  RawClient client(server.port());
  ASSERT_TRUE(client.Send("GET / HTTP/1.1\r\nHost: h\r\n"));
  int sent = 0;
  while (sent < 10000 && client.Send("X-Field: 0123456789012345678901234567890123456789\r\n")) ++sent;
  EXPECT_EQ(Status(client.ReadResponse()), 431);
}

TEST(HttpServer, AHandlerThatThrowsIsA500AndLoggedWithoutWords) {
  TestServer server([](const HttpRequest& request) -> HttpResponse {
    if (request.path == "/a") return HttpResponse{};
    throw std::runtime_error("customer words");
  });
  RawClient client(server.port());
  ASSERT_TRUE(client.Send("GET /secret HTTP/1.1\r\nHost: h\r\n\r\n"));
  const std::string answer = client.ReadResponse();
  EXPECT_EQ(Status(answer), 500);
  EXPECT_NE(answer.find("application/problem+json"), std::string::npos);
  EXPECT_EQ(answer.find("customer words"), std::string::npos);
  EXPECT_NE(server.log.text().find("http_handler_threw GET"), std::string::npos);
  EXPECT_EQ(server.log.text().find("customer words"), std::string::npos);
  EXPECT_EQ(server.log.text().find("secret"), std::string::npos);
  ASSERT_TRUE(client.Send(kGet));
  EXPECT_EQ(Status(client.ReadResponse()), 200);
}

TEST(HttpServer, BlockedHandlersRunTogether) {
  HttpServerOptions options;
  options.handler_threads = 8;
  Gate gate;
  TestServer server([&](const HttpRequest&) { return gate.Pass(), HttpResponse{}; }, options);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    ASSERT_TRUE(clients.back()->Send(kGet));
  }
  gate.WaitForArrivals(8);
  gate.Open();
  for (const auto& client : clients) EXPECT_EQ(Status(client->ReadResponse()), 200);
}

TEST(HttpServer, SlowClientsHinderNobodyAndAreServedToo) {
  TestServer server(Echo);
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 200; ++i) slow.push_back(std::make_unique<RawClient>(server.port()));
  RawClient fast(server.port());
  const std::string request = "POST /s HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
  for (const char byte : request) {
    for (const auto& client : slow) ASSERT_TRUE(client->Send({&byte, 1}));
    ASSERT_TRUE(fast.Send(kGet));
    ASSERT_EQ(Status(fast.ReadResponse()), 200);
  }
  for (const auto& client : slow) EXPECT_EQ(Body(client->ReadResponse()), "POST /s [abc]");
}

struct SlowCase {
  const char* name;
  std::string sent;
  int status;  // 0: closed without an answer
};
class HttpServerSlow : public testing::TestWithParam<SlowCase> {};

TEST_P(HttpServerSlow, IsNotWaitedForLongerThanAllowed) {
  HttpServerOptions options;
  options.idle_timeout = options.header_timeout = options.body_timeout = Duration(60);
  TestServer server(Echo, options);
  RawClient client(server.port());
  ASSERT_TRUE(client.Send(GetParam().sent));
  EXPECT_EQ(Status(client.ReadToEnd()), GetParam().status);
  EXPECT_TRUE(client.ended());
}

INSTANTIATE_TEST_SUITE_P(, HttpServerSlow,
                         testing::Values(SlowCase{"Idle", "", 0}, SlowCase{"Header", "GET / HT", 408},
                                         SlowCase{"Fields", "GET / HTTP/1.1\r\nHost: h\r\nX: ", 408},
                                         SlowCase{"Body", Post("Content-Length: 9\r\n", "abc"), 408}),
                         [](const auto& row) { return row.param.name; });

TEST(HttpServer, BytesNowAndThenDoNotStretchTheTime) {
  HttpServerOptions options;
  options.header_timeout = Duration(100);
  TestServer server(Echo, options);
  RawClient client(server.port());
  // Each byte waits until the server has taken a turn: another client's answer.
  RawClient clock(server.port());
  ASSERT_TRUE(client.Send("GET / HTTP/1.1\r\nHost: h\r\nX: "));
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (client.Send("x") && std::chrono::steady_clock::now() < limit) {
    ASSERT_TRUE(clock.Send(kGet));
    ASSERT_EQ(Status(clock.ReadResponse()), 200);
    if (server.server.connections() == 1) break;
  }
  EXPECT_LT(std::chrono::steady_clock::now(), limit);
}

TEST(HttpServer, ClientsOverTheLimitAreToldSo) {
  HttpServerOptions options;
  options.max_connections = 2;
  TestServer server(Echo, options);
  RawClient one(server.port());
  RawClient two(server.port());
  for (RawClient* client : {&one, &two}) {
    ASSERT_TRUE(client->Send(kGet));
    ASSERT_EQ(Status(client->ReadResponse()), 200);
  }
  RawClient three(server.port());
  ASSERT_TRUE(three.Send(kGet));
  const std::string answer = three.ReadResponse();
  EXPECT_EQ(Status(answer), 503);
  EXPECT_NE(answer.find("Retry-After: 1"), std::string::npos);
  three.Close();
  one.Close();
  while (server.server.connections() > 1) std::this_thread::yield();
  RawClient four(server.port());
  ASSERT_TRUE(four.Send(kGet));
  EXPECT_EQ(Status(four.ReadResponse()), 200);
}

TEST(HttpServer, ServesOnSeveralLoops) {
  HttpServerOptions options;
  options.io_threads = 3;
  TestServer server(Echo, options);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 9; ++i) clients.push_back(std::make_unique<RawClient>(server.port()));
  for (const auto& client : clients) ASSERT_TRUE(client->Send(kGet));
  for (const auto& client : clients) EXPECT_EQ(Status(client->ReadResponse()), 200);
}

TEST(HttpServer, AnAnswerCannotBeSplit) {
  TestServer server([](const HttpRequest&) {
    HttpResponse response = MakeResponse(302, "text/plain", "x");
    response.headers.Add("Location", "/a\r\nSet-Cookie: evil=1");
    response.headers.Add("Content-Length", "999");
    return response;
  });
  RawClient client(server.port());
  ASSERT_TRUE(client.Send(kGet));
  const std::string answer = client.ReadResponse();
  EXPECT_EQ(answer.find("evil"), std::string::npos);
  EXPECT_EQ(answer.find("999"), std::string::npos);
  EXPECT_EQ(Body(answer), "x");
}

}  // namespace
}  // namespace tr::net
