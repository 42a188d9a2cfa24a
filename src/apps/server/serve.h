#pragma once
// In: an App. Out: the running embedded system: HTTP, workers, courier, sweeper, rules reloaded when they change.
// Never: a decision. Start at: Server::Start.

#include <functional>
#include <memory>
#include <thread>

#include "api/api.h"
#include "net/http_server.h"
#include "server/courier.h"
#include "server/workers.h"
#include "wiring/app.h"

namespace tr::server {

class Server {
 public:
  Server(wiring::App& app, std::function<double()> chance);
  ~Server();

  // Puts the rules in force, queues what a crash left, listens, and begins to work. Faults: as App::LoadRules and
  // net::HttpServer::Start; nothing is running then.
  Result<void> Start();

  // Stops taking requests, finishes those in flight, the batches in hand and the deliveries begun. Returns when all
  // threads have ended.
  void Stop();

  // Where it listens, also where port 0 was asked for; 0 before Start.
  int port() const;

 private:
  void WatchRules(const std::stop_token& stop);
  void Sweep(const std::stop_token& stop);

  wiring::App& app_;
  api::Api api_;
  Courier courier_;
  Workers workers_;
  std::unique_ptr<net::HttpServer> http_;
  std::jthread watcher_;
  std::jthread sweeper_;
};

}  // namespace tr::server
