#include "net/event_stream.h"

#include <thread>

#include "net/raw_client.h"

namespace tr::net {
namespace {

// A server that gives every request the same stream, and says when one has come.
struct StreamServer {
  explicit StreamServer(HttpServerOptions options = {})
      : server(
            [this](const HttpRequest&) {
              HttpResponse response = MakeResponse(200, "text/event-stream", ": hello\n\n");
              response.events = stream;
              return response;
            },
            options) {}
  std::shared_ptr<EventStream> stream = std::make_shared<EventStream>();
  TestServer server;
};

void WaitUntilClosed(const EventStream& stream) {
  while (!stream.closed()) std::this_thread::yield();
}

constexpr std::string_view kGet = "GET /events HTTP/1.1\r\nHost: h\r\n\r\n";

TEST(EventStream, BringsWhatIsSentFromAnyThreadInOrder) {
  StreamServer events;
  ASSERT_TRUE(events.stream->Send("data: before\n\n"));
  RawClient client(events.server.port());
  ASSERT_TRUE(client.Send(kGet));
  ASSERT_TRUE(client.ReadUntil(": hello\n\ndata: before\n\n"));
  std::thread other([&] {
    for (int i = 0; i < 500; ++i) EXPECT_TRUE(events.stream->Send("data: " + std::to_string(i) + "\n\n"));
    events.stream->Close();
  });
  const std::string all = client.ReadToEnd();
  other.join();
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(all.find("Content-Length"), std::string::npos);
  std::string expected;
  for (int i = 0; i < 500; ++i) expected += "data: " + std::to_string(i) + "\n\n";
  EXPECT_TRUE(all.ends_with(expected));
  EXPECT_FALSE(events.stream->Send("data: late\n\n"));
}

TEST(EventStream, IsClosedWhenTheReaderGoes) {
  StreamServer events;
  RawClient client(events.server.port());
  ASSERT_TRUE(client.Send(kGet));
  ASSERT_TRUE(client.ReadUntil("hello"));
  EXPECT_FALSE(events.stream->closed());
  client.Close();
  WaitUntilClosed(*events.stream);
  EXPECT_FALSE(events.stream->Send("x"));
}

TEST(EventStream, DropsAReaderThatDoesNotRead) {
  StreamServer events;
  RawClient client(events.server.port());
  client.ShrinkReceiveBuffer();
  ASSERT_TRUE(client.Send(kGet));
  ASSERT_TRUE(client.ReadUntil("hello"));
  const std::string chunk(16 * 1024, 'x');
  int sent = 0;
  while (sent < 10'000 && events.stream->Send(chunk)) ++sent;
  EXPECT_TRUE(events.stream->dropped());
  while (events.server.server.connections() > 0) std::this_thread::yield();
}

TEST(EventStream, OneChunkOverTheLimitDropsTheReader) {
  EventStream stream;
  EXPECT_TRUE(stream.Send(std::string(EventStream::kMaxPending, 'x')));
  EXPECT_FALSE(stream.Send("x"));
  EXPECT_TRUE(stream.dropped());
  EXPECT_EQ(stream.Take().bytes, "");
}

TEST(EventStream, WhatIsBeingWrittenStillCounts) {
  EventStream stream;
  EXPECT_TRUE(stream.Send(std::string(EventStream::kMaxPending, 'x')));
  EXPECT_EQ(stream.Take().bytes.size(), EventStream::kMaxPending);
  EXPECT_FALSE(stream.Send("x"));
}

TEST(EventStream, ASilentStreamShowsThatItLives) {
  HttpServerOptions options;
  options.event_heartbeat = Duration(40);
  StreamServer events(options);
  RawClient client(events.server.port());
  ASSERT_TRUE(client.Send(kGet));
  ASSERT_TRUE(client.ReadUntil(": hello\n\n:\n\n:\n\n"));
  ASSERT_TRUE(events.stream->Send("data: x\n\n"));
  EXPECT_TRUE(client.ReadUntil("data: x\n\n"));
}

TEST(EventStream, EndsWhenTheServerStops) {
  StreamServer events;
  RawClient client(events.server.port());
  ASSERT_TRUE(client.Send(kGet));
  ASSERT_TRUE(client.ReadUntil("hello"));
  events.server.server.Stop(Duration(60'000));
  EXPECT_TRUE(events.stream->closed());
  client.ReadToEnd();
  EXPECT_TRUE(client.ended());
}

TEST(EventStream, MayOutliveItsServer) {
  auto events = std::make_unique<StreamServer>();
  const auto stream = events->stream;
  RawClient client(events->server.port());
  ASSERT_TRUE(client.Send(kGet));
  ASSERT_TRUE(client.ReadUntil("hello"));
  events.reset();
  EXPECT_FALSE(stream->Send("x"));
}

}  // namespace
}  // namespace tr::net
