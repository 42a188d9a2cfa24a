#pragma once
// What all connections of a server share. Inside this room only.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "net/handler_pool.h"
#include "net/http_server.h"

namespace tr::net {

enum class StopLevel { kServe, kDrain, kAbort };

// Counts open connections, and waits for the last. Thread-safe.
class OpenConnections {
 public:
  void Add();
  void Remove();
  std::size_t count() const;
  // True when none is left; false when `limit` passed before.
  bool WaitForNone(std::chrono::steady_clock::time_point limit);
  void WaitForNone();

 private:
  mutable std::mutex mutex_;
  std::condition_variable none_;
  std::size_t count_ = 0;
};

struct ServerShare {
  ServerShare(HttpServerOptions o, HttpHandler h, Log& l)
      : options(std::move(o)), handler(std::move(h)), log(l), pool(options.handler_threads) {}

  const HttpServerOptions options;
  const HttpHandler handler;
  Log& log;
  OpenConnections open;
  std::atomic<StopLevel> stop{StopLevel::kServe};
  HandlerPool pool;
};

}  // namespace tr::net
