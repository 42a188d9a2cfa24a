#include "server/serve.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "wiring/announce.h"

namespace tr::server {
namespace {

constexpr auto kSweepEvery = std::chrono::minutes(1);
constexpr Duration kGrace = std::chrono::seconds(10);
constexpr std::size_t kMaxBody = 1024 * 1024;

// A rules folder on a network share may have no change notices: it is looked at this often all the same.
constexpr auto kRulesWait = std::chrono::milliseconds(500);

bool WaitOrStop(const std::stop_token& stop, std::chrono::milliseconds span) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, span, [] { return false; });
  return !stop.stop_requested();
}

net::HttpServerOptions HttpOptions(const wiring::HttpConfig& config) {
  net::HttpServerOptions options;
  options.listen = config.listen;
  options.handler_threads = config.threads;
  options.io_threads = config.io_threads;
  options.max_body_bytes = kMaxBody;
  return options;
}

}  // namespace

Server::Server(wiring::App& app, std::function<double()> chance)
    : app_(app), api_(app), courier_(app.outbox(), app.ports().log), workers_(app, std::move(chance)) {}

Server::~Server() { Stop(); }

Result<void> Server::Start() {
  TR_TRY(app_.LoadRules());
  // This is the only process that works the queue: whatever is received and unhandled now was left by a crash, and what
  // waits in the queue as well is worked once, since a handled message is never handled again.
  if (const Result<int> left = pipeline::RequeueUnhandled(app_.sweep_ports(), Duration(0)); !left) {
    app_.ports().log.Warning("not_requeued", {{"trouble", left.fault().text}});
  }
  http_ = std::make_unique<net::HttpServer>(
      HttpOptions(app_.config().http), [this](const net::HttpRequest& request) { return api_.Handle(request); },
      app_.ports().log);
  TR_TRY(http_->Start());
  app_.SetDeliver([this](std::vector<handoff::Outgoing> begun) { courier_.Hand(std::move(begun)); });
  courier_.Start();
  workers_.Start(app_.config().work.workers);
  watcher_ = std::jthread([this](const std::stop_token& stop) { WatchRules(stop); });
  sweeper_ = std::jthread([this](const std::stop_token& stop) { Sweep(stop); });
  return Ok();
}

void Server::Stop() {
  if (http_ != nullptr) http_->Stop(kGrace);
  watcher_ = {};
  sweeper_ = {};
  workers_.Stop();
  courier_.Stop();
  http_.reset();
}

int Server::port() const { return http_ != nullptr ? http_->port() : 0; }

void Server::WatchRules(const std::stop_token& stop) {
  app_.PrepareReader();
  while (WaitOrStop(stop, kRulesWait)) {
    if (!app_.RulesMayHaveChanged()) continue;
    if (app_.TakeRules("")) app_.PrepareReader();
  }
}

void Server::Sweep(const std::stop_token& stop) {
  Time digest_due = wiring::FirstDigest(app_, app_.ports().clock.Now());
  while (WaitOrStop(stop, kSweepEvery)) {
    const Result<pipeline::Swept> swept = pipeline::Sweep(app_.sweep_ports(), app_.sweep_settings());
    if (!swept) app_.ports().log.Warning("not_swept", {{"trouble", swept.fault().text}});
    if (app_.ports().clock.Now() < digest_due) continue;
    if (const Result<std::string> sent = wiring::SendDigest(app_, digest_due); !sent) {
      app_.ports().log.Warning("digest_not_made", {{"trouble", sent.fault().text}});
      continue;
    }
    digest_due = wiring::NextDigest(app_, digest_due + std::chrono::hours(1));
  }
}

}  // namespace tr::server
