#include <atomic>
#include <future>
#include <thread>

#include "net/http_server.h"
#include "net/raw_client.h"

namespace tr::net {
namespace {

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
constexpr Duration kLong{60'000};

HttpResponse Empty(const HttpRequest&) { return {}; }

Result<void> StartOn(const std::string& listen) {
  EventLog log;
  HttpServerOptions options;
  options.listen = listen;
  HttpServer server(options, Empty, log);
  return server.Start();
}

TEST(HttpServerStart, APortInUseIsNamed) {
  TestServer first(Empty);
  const std::string port = std::to_string(first.port());
  const auto second = StartOn("127.0.0.1:" + port);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.fault().kind, FaultKind::kPermanent);
  EXPECT_EQ(second.fault().text, "port " + port + " is in use by another program; choose another with --listen");
}

TEST(HttpServerStart, AnAddressOfAnotherMachineIsNamed) {
  const auto started = StartOn("192.0.2.1:0");
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.fault().kind, FaultKind::kPermanent);
  EXPECT_NE(started.fault().text.find("192.0.2.1 is not an address of this machine"), std::string::npos);
}

TEST(HttpServerStart, BadListenAddressesAreInvalid) {
  for (const char* listen : {"", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1",
                             "::1:8080", "[::1]", "[127.0.0.1]:80", "example.org:80", "1.2.3:80"}) {
    const auto started = StartOn(listen);
    ASSERT_FALSE(started.ok()) << listen;
    EXPECT_EQ(started.fault().kind, FaultKind::kInvalid) << listen;
    EXPECT_NE(started.fault().text.find("ADDRESS:PORT"), std::string::npos) << listen;
  }
}

TEST(HttpServerStart, AFormerServersPortCanBeHadAtOnce) {
  auto first = std::make_unique<TestServer>(Empty);
  const std::string listen = "127.0.0.1:" + std::to_string(first->port());
  RawClient client(first->port());
  ASSERT_TRUE(client.Send(kGet));
  ASSERT_EQ(Status(client.ReadResponse()), 200);
  first.reset();
  EXPECT_TRUE(StartOn(listen).ok());
}

TEST(HttpServerStop, FinishesARequestInFlightAndClosesIdleOnes) {
  Gate gate;
  TestServer server([&](const HttpRequest&) {
    gate.Pass();
    return MakeResponse(200, "text/plain", "done");
  });
  RawClient idle(server.port());
  RawClient half(server.port());
  RawClient busy(server.port());
  ASSERT_TRUE(half.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc"));
  ASSERT_TRUE(busy.Send(kGet));
  gate.WaitForArrivals(1);
  std::thread stopper([&] { server.server.Stop(kLong); });
  idle.ReadToEnd();
  EXPECT_TRUE(idle.ended());
  half.ReadToEnd();
  EXPECT_TRUE(half.ended());
  gate.Open();
  const std::string answer = busy.ReadToEnd();
  stopper.join();
  EXPECT_EQ(Status(answer), 200);
  EXPECT_EQ(Body(answer), "done");
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
  EXPECT_FALSE(RawClient(server.port()).connected());
}

TEST(HttpServerStop, CutsOffWhatIsLeftAtTheDeadlineButWaitsForHandlers) {
  Gate gate;
  std::atomic<bool> finished = false;
  TestServer server([&](const HttpRequest&) {
    gate.Pass();
    finished = true;
    return HttpResponse{};
  });
  RawClient busy(server.port());
  ASSERT_TRUE(busy.Send(kGet));
  gate.WaitForArrivals(1);
  auto stopped = std::async(std::launch::async, [&] {
    server.server.Stop(Duration(0));
    return finished.load();
  });
  gate.Open();
  EXPECT_TRUE(stopped.get());
  busy.ReadToEnd();
  EXPECT_TRUE(busy.ended());
}

TEST(HttpServerStop, DoesNotWaitForAClientThatDoesNotRead) {
  TestServer server([](const HttpRequest&) { return MakeResponse(200, "text/plain", std::string(32 << 20, 'x')); });
  RawClient client(server.port());
  client.ShrinkReceiveBuffer();
  ASSERT_TRUE(client.Send(kGet));
  ASSERT_TRUE(client.ReadUntil("\r\n\r\n"));
  server.server.Stop(Duration(10));
  EXPECT_EQ(server.server.connections(), 0u);
}

TEST(HttpServerStop, MayBeSaidTwiceOrWithoutAStart) {
  EventLog log;
  HttpServer never({}, Empty, log);
  never.Stop(kLong);
  TestServer server(Empty);
  server.server.Stop(kLong);
  server.server.Stop(kLong);
}

}  // namespace
}  // namespace tr::net
