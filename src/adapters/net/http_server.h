#pragma once
// An HTTP/1.1 server whose handlers may block, and whose slow clients hinder nobody.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "net/http_types.h"

namespace tr::net {

// Answers one request; called in one of the handler threads and may block there. An exception becomes a 500.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

struct HttpServerOptions {
  std::string listen = "127.0.0.1:8080";  // ADDRESS:PORT, [IPV6]:PORT, localhost:PORT or :PORT (all); port 0: any free
  int handler_threads = 16;               // so many handlers can wait for one commit together
  int io_threads = 1;                     // one serves tens of thousands of requests a second
  std::size_t max_connections = 10'000;   // further ones are answered with 503; also cut to the limit on open files
  std::size_t max_header_bytes = 16 * 1024;  // request line and fields; more: 431
  std::size_t max_body_bytes = 1024 * 1024;  // more: 413
  Duration header_timeout{30'000};           // from the first byte of a request to the end of its header; then 408
  Duration body_timeout{30'000};             // from there to the end of its body; then 408
  Duration idle_timeout{60'000};             // for the next request on a kept connection, or for the first
  Duration write_timeout{30'000};            // without a byte taken by the client
  Duration event_heartbeat{15'000};          // a comment on a silent event stream, so that dead readers are noticed
};

class HttpServer {
 public:
  // `log` outlives the server.
  HttpServer(HttpServerOptions options, HttpHandler handler, Log& log);
  // As Stop(0).
  ~HttpServer();

  // Listens and serves. REQUIRES: not called before.
  // kInvalid: the listen address cannot be read; kPermanent: it cannot be had (in use, not this machine's, no rights).
  Result<void> Start();

  // The port in use after Start, also where 0 was asked for.
  int port() const;

  // Connections now open. Thread-safe.
  std::size_t connections() const;

  // Stops accepting, closes idle connections and event streams, lets requests in flight finish until `grace` is over
  // and cuts off what is left; handlers that have begun are always waited for. Returns when all threads have ended.
  // Further calls do nothing. Not to be called by a handler.
  void Stop(Duration grace);

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace tr::net
