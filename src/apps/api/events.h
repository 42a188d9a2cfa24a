#pragma once
// The live feed: server-sent events, one per ticket that changed.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "net/event_stream.h"
#include "net/http_types.h"
#include "wiring/app.h"

namespace tr::api {

// One thread reads the audit while anybody listens. Events are {"ticket","kind","version","at"}, with the audit's
// cursor as their id; what changed is asked for by id, so nothing of a customer stands in them.
class Events {
 public:
  explicit Events(wiring::App& app) : app_(app) {}
  ~Events();

  // From now on.
  net::HttpResponse Subscribe();

 private:
  void Run(const std::stop_token& stop);
  void StartFromNow();  // REQUIRES: mutex_ held
  void SendNews();

  wiring::App& app_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<std::shared_ptr<net::EventStream>> streams_;
  std::string cursor_;  // of the audit: what came up to here was sent
  std::jthread thread_;
};

}  // namespace tr::api
