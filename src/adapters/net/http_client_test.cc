#include "net/http_client.h"

#include <cstdlib>
#include <thread>

#include "net/raw_client.h"

namespace tr::net {
namespace {

std::string Url(int port, const std::string& target) { return "http://127.0.0.1:" + std::to_string(port) + target; }

ClientRequest Get(int port, const std::string& target) {
  ClientRequest request;
  request.url = Url(port, target);
  return request;
}

HttpResponse Echo(const HttpRequest& request) {
  HttpResponse response = MakeResponse(
      request.path == "/missing" ? 404 : 200, "text/plain",
      request.method + " " + request.path + " " + std::string(request.headers.Get("X-In")) + " [" + request.body + "]");
  response.headers.Add("X-Out", "  out ");
  return response;
}

TEST(HttpClient, SendsEverythingAndGivesEverythingBack) {
  TestServer server(Echo);
  HttpClient client;
  ClientRequest request = Get(server.port(), "/path?a=b");
  request.method = "PUT";
  request.headers = {{"X-In", "in"}};
  request.body = std::string("a\0b", 3);
  const auto response = client.Send(request);
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->headers.Get("x-out"), "out");
  EXPECT_EQ(response->body, std::string("PUT /path in [a\0b]", 18));
}

TEST(HttpClient, AnyStatusIsAnAnswer) {
  TestServer server(Echo);
  HttpClient client;
  EXPECT_EQ(client.Send(Get(server.port(), "/missing"))->status, 404);
}

TEST(HttpClient, HeadAndEmptyPostEnd) {
  TestServer server(Echo);
  HttpClient client;
  ClientRequest request = Get(server.port(), "/");
  request.method = "HEAD";
  EXPECT_EQ(client.Send(request)->body, "");
  request.method = "POST";
  EXPECT_EQ(client.Send(request)->body, "POST /  []");
  request.method = "GET";
  EXPECT_EQ(client.Send(request)->body, "GET /  []");
}

TEST(HttpClient, DoesNotFollowRedirects) {
  TestServer server([](const HttpRequest&) { return HttpResponse{302, {{"Location", "/elsewhere"}}, "", nullptr}; });
  HttpClient client;
  const auto response = client.Send(Get(server.port(), "/"));
  EXPECT_EQ(response->status, 302);
  EXPECT_EQ(response->headers.Get("Location"), "/elsewhere");
}

TEST(HttpClient, KeepsItsConnection) {
  TestServer server(Echo);
  HttpClient client;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(client.Send(Get(server.port(), "/")).ok());
  EXPECT_EQ(server.server.connections(), 1u);
}

TEST(HttpClient, SendsAgainWhenTheKeptConnectionHasGone) {
  HttpServerOptions options;
  options.idle_timeout = Duration(40);
  TestServer server(Echo, options);
  HttpClient client;
  ASSERT_TRUE(client.Send(Get(server.port(), "/")).ok());
  while (server.server.connections() > 0) std::this_thread::yield();
  EXPECT_TRUE(client.Send(Get(server.port(), "/")).ok());
}

TEST(HttpClient, ALongAnswerIsPermanent) {
  TestServer server([](const HttpRequest&) { return MakeResponse(200, "text/plain", std::string(1001, 'x')); });
  HttpClient client;
  ClientRequest request = Get(server.port(), "/?token=secret");
  request.max_answer = 1000;
  const auto response = client.Send(request);
  ASSERT_FALSE(response.ok());
  EXPECT_EQ(response.fault().kind, FaultKind::kPermanent);
  EXPECT_EQ(response.fault().text.find("secret"), std::string::npos);
  request.max_answer = 1001;
  EXPECT_TRUE(client.Send(request).ok());
}

TEST(HttpClient, TooMuchHeaderIsPermanent) {
  TestServer server([](const HttpRequest&) {
    HttpResponse response;
    for (int i = 0; i < 70; ++i) response.headers.Add("X", std::string(1000, 'x'));
    return response;
  });
  HttpClient client;
  EXPECT_EQ(client.Send(Get(server.port(), "/")).fault().kind, FaultKind::kPermanent);
}

TEST(HttpClient, NobodyThereIsTransient) {
  int port = 0;
  {
    TestServer gone(Echo);
    port = gone.port();
  }
  HttpClient client;
  ClientRequest request = Get(port, "/?token=secret");
  request.url.insert(7, "user:word@");
  bool sent = false;
  request.sent = &sent;
  const auto response = client.Send(request);
  ASSERT_FALSE(response.ok());
  EXPECT_FALSE(sent);
  EXPECT_EQ(response.fault().kind, FaultKind::kTransient);
  EXPECT_NE(response.fault().text.find("127.0.0.1:" + std::to_string(port)), std::string::npos);
  EXPECT_EQ(response.fault().text.find("secret"), std::string::npos);
  EXPECT_EQ(response.fault().text.find("word"), std::string::npos);
}

TEST(HttpClient, ATimeOutIsTransient) {
  Gate gate;
  TestServer server([&](const HttpRequest&) { return gate.Pass(), HttpResponse{}; });
  HttpClient client;
  ClientRequest request = Get(server.port(), "/");
  request.timeout = Duration(50);
  bool sent = false;
  request.sent = &sent;
  const auto response = client.Send(request);
  gate.Open();
  ASSERT_FALSE(response.ok());
  EXPECT_TRUE(sent) << "the server has it";
  EXPECT_EQ(response.fault().kind, FaultKind::kTransient);
}

TEST(HttpClient, WhatCannotBeSentIsInvalid) {
  HttpClient client;
  ClientRequest split = Get(1, "/");
  split.headers = {{"X", "a\r\nY: b"}};
  ClientRequest path = Get(1, "/\n");
  ClientRequest file;
  file.url = "file:///etc/passwd";
  ClientRequest nothing;
  for (const ClientRequest& request : {split, path, file, nothing}) {
    const auto response = client.Send(request);
    ASSERT_FALSE(response.ok());
    EXPECT_EQ(response.fault().kind, FaultKind::kInvalid) << response.fault().text;
  }
}

TEST(HttpClient, ReachesThisMachineWithoutTheProxy) {
  TestServer server(Echo);
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  HttpClient client;
  EXPECT_TRUE(client.Send(Get(server.port(), "/")).ok());
  unsetenv("http_proxy");
}

}  // namespace
}  // namespace tr::net
