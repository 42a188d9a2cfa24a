#pragma once
// A blocking HTTP/1.1 client on libcurl: one request, one answer, no retry.

#include <cstddef>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "net/http_types.h"

namespace tr::net {

struct ClientRequest {
  std::string method = "GET";
  std::string url;
  Headers headers;
  std::string body;
  Duration connect_timeout = std::chrono::seconds(5);
  Duration timeout = std::chrono::seconds(30);  // of the whole exchange; 0: without end
  std::size_t max_answer = 8 * 1024 * 1024;     // bytes of body; a longer answer is a fault
  // On a connection of its own: libcurl sends again by itself what a kept connection swallowed without an answer.
  bool only_once = false;
  // Becomes true, and else stays as it is, where a byte of the request left: the server may have acted on it, whatever
  // came back. Null: nobody asks.
  bool* sent = nullptr;
};

// Keeps its connection for the next request. Not thread-safe: one a thread.
class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;

  // Any status is an answer; redirects are not followed. kTransient: no connection, time-out, broken off. kInvalid: the
  // URL cannot be read, or it or a header field holds a line break. kPermanent: the answer is longer than max_answer,
  // or the certificate is not trusted. A proxy of the environment is used, but never to this machine. Texts name the
  // host, never the query, a header or a body.
  Result<HttpResponse> Send(const ClientRequest& request);

 private:
  class Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace tr::net
