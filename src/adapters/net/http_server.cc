#include "net/http_server.h"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <future>

#include "net/http_connection.h"
#include "net/listen_address.h"

namespace tr::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

// Clients over the limit that are told so at the same time; further ones are closed without a word.
constexpr std::size_t kMaxRefusing = 256;
// Open files that are not connections: the store, the rules, logs, a few connections to elsewhere.
constexpr std::size_t kOtherFiles = 128;
// How long to let others close files when there is none left for a new connection.
constexpr std::chrono::milliseconds kAcceptPause{100};

// As many connections as the limit on open files lets us have, after raising it as far as we may.
std::size_t AffordableConnections(std::size_t wanted) {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return wanted;
  const rlim_t needed = wanted + kMaxRefusing + kOtherFiles;
  if (files.rlim_cur < needed) {
    files.rlim_cur = std::min<rlim_t>(needed, files.rlim_max);
    setrlimit(RLIMIT_NOFILE, &files);
  }
  const rlim_t spare = kMaxRefusing + kOtherFiles;
  return files.rlim_cur > 2 * spare ? std::min<std::size_t>(wanted, files.rlim_cur - spare) : wanted;
}

// Time-outs are checked this often: at a quarter of the shortest, so that none is much exceeded.
Duration TickFor(const HttpServerOptions& options) {
  const Duration shortest = std::min({options.header_timeout, options.body_timeout, options.idle_timeout,
                                      options.write_timeout, options.event_heartbeat});
  return std::clamp(shortest / 4, Duration(10), Duration(1'000));
}

Fault CannotListen(const tcp::endpoint& where, const ErrorCode& error) {
  const std::string port = std::to_string(where.port());
  if (error == asio::error::address_in_use) {
    return Permanent("port " + port + " is in use by another program; choose another with --listen");
  }
  if (error == asio::error::access_denied) {
    return Permanent("port " + port + " may not be used by this user; choose one above 1023 with --listen");
  }
  if (error == boost::system::errc::address_not_available) {
    return Permanent(where.address().to_string() + " is not an address of this machine; choose another with --listen");
  }
  return Permanent("cannot listen on port " + port + ": " + error.message());
}

}  // namespace

class HttpServer::Engine {
 public:
  Engine(HttpServerOptions options, HttpHandler handler, Log& log)
      : share_(std::move(options), std::move(handler), log) {
    for (int i = 0; i < std::max(1, share_.options.io_threads); ++i) {
      loops_.push_back(std::make_unique<IoLoop>(TickFor(share_.options)));
    }
    acceptor_.emplace(loops_.front()->executor());
    pause_.emplace(loops_.front()->executor());
  }

  Result<void> Start();
  void Stop(Duration grace);
  int port() const { return port_; }
  std::size_t connections() const { return share_.open.count(); }

 private:
  using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

  ErrorCode Listen(const tcp::endpoint& where);
  void Accept();
  void OnAccepted(const ErrorCode& error, Socket socket);
  void Adopt(IoLoop& loop, Socket socket);
  void CloseAcceptor();
  void TickAll();

  ServerShare share_;
  std::vector<std::unique_ptr<IoLoop>> loops_;
  std::optional<Acceptor> acceptor_;  // used in the first loop's thread once it runs
  std::optional<LoopTimer> pause_;    // the same
  std::promise<void> accept_ended_;
  std::size_t next_loop_ = 0;
  std::size_t max_connections_ = 0;
  int port_ = 0;
  bool running_ = false;
};

Result<void> HttpServer::Engine::Start() {
  TR_ASSIGN(const tcp::endpoint where, ParseListenAddress(share_.options.listen));
  ErrorCode error = Listen(where);
  // ":8080" on a machine without IPv6.
  const bool no_ipv6 = error == asio::error::address_family_not_supported && where.address().is_unspecified();
  if (no_ipv6) error = Listen({tcp::v4(), where.port()});
  if (error) return CannotListen(where, error);
  port_ = acceptor_->local_endpoint().port();
  max_connections_ = AffordableConnections(share_.options.max_connections);
  if (max_connections_ < share_.options.max_connections) {
    share_.log.Warning("http_connections_limited",
                       {{"by", "open files"}, {"connections", std::uint64_t{max_connections_}}});
  }
  running_ = true;
  for (const auto& loop : loops_) loop->Start();
  asio::post(loops_.front()->executor(), [this] { Accept(); });
  return Ok();
}

ErrorCode HttpServer::Engine::Listen(const tcp::endpoint& where) {
  ErrorCode error;
  if (acceptor_->open(where.protocol(), error)) return error;
  if (acceptor_->set_option(tcp::acceptor::reuse_address(true), error)) return error;
  if (acceptor_->bind(where, error)) return error;
  return acceptor_->listen(asio::socket_base::max_listen_connections, error);
}

void HttpServer::Engine::Accept() {
  next_loop_ = (next_loop_ + 1) % loops_.size();
  acceptor_->async_accept(loops_[next_loop_]->executor(),
                          [this](const ErrorCode& error, Socket socket) { OnAccepted(error, std::move(socket)); });
}

void HttpServer::Engine::OnAccepted(const ErrorCode& error, Socket socket) {
  if (!acceptor_->is_open()) return accept_ended_.set_value();
  if (!error) {
    Adopt(*loops_[next_loop_], std::move(socket));
    return Accept();
  }
  pause_->expires_after(kAcceptPause);
  pause_->async_wait([this](const ErrorCode&) { Accept(); });
}

void HttpServer::Engine::Adopt(IoLoop& loop, Socket socket) {
  const std::size_t open = share_.open.count();
  if (open >= max_connections_ + kMaxRefusing) return;
  const bool refused = open >= max_connections_;
  share_.open.Add();
  auto connection = std::make_shared<HttpConnection>(share_, loop, std::move(socket));
  asio::dispatch(loop.executor(), [=] { refused ? connection->StartRefused() : connection->Start(); });
}

void HttpServer::Engine::Stop(Duration grace) {
  if (!std::exchange(running_, false)) return;
  const SteadyTime limit = std::chrono::steady_clock::now() + grace;
  share_.stop = StopLevel::kDrain;
  CloseAcceptor();
  TickAll();
  if (!share_.open.WaitForNone(limit)) {
    share_.stop = StopLevel::kAbort;
    TickAll();
    share_.open.WaitForNone();
  }
  acceptor_.reset();
  pause_.reset();
  loops_.clear();
}

void HttpServer::Engine::CloseAcceptor() {
  asio::post(loops_.front()->executor(), [this] {
    ErrorCode ignored;
    acceptor_->close(ignored);
    pause_->cancel();
  });
  accept_ended_.get_future().wait();
}

void HttpServer::Engine::TickAll() {
  for (const auto& loop : loops_) loop->TickSoon();
}

HttpServer::HttpServer(HttpServerOptions options, HttpHandler handler, Log& log)
    : engine_(std::make_unique<Engine>(std::move(options), std::move(handler), log)) {}
HttpServer::~HttpServer() { Stop(Duration(0)); }
Result<void> HttpServer::Start() { return engine_->Start(); }
int HttpServer::port() const { return engine_->port(); }
std::size_t HttpServer::connections() const { return engine_->connections(); }
void HttpServer::Stop(Duration grace) { engine_->Stop(grace); }

}  // namespace tr::net
