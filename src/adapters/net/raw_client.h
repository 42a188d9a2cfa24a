#pragma once
// For tests only: a socket that sends what it is told, however wrong, and a server with little around it.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_server.h"

namespace tr::net {

class RawClient {
 public:
  explicit RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    // A test that waits in vain fails instead of hanging.
    const timeval patience{20, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(static_cast<std::uint16_t>(port));
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0;
  }
  ~RawClient() { Close(); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }
  void Close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  void ShrinkReceiveBuffer() {
    const int bytes = 4096;
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  }

  // False once the other side has reset the connection.
  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  // Header and body of the next answer; what there was when the connection ended in between.
  std::string ReadResponse() {
    std::size_t head = std::string::npos;
    while ((head = received_.find("\r\n\r\n")) == std::string::npos && Receive()) {
    }
    if (head == std::string::npos) return std::exchange(received_, {});
    const std::size_t size = head + 4 + BodySize(std::string_view(received_).substr(0, head));
    while (received_.size() < size && Receive()) {
    }
    std::string response = received_.substr(0, size);
    received_.erase(0, size);
    return response;
  }

  // Reads until the text has come; false when the connection ended first.
  bool ReadUntil(std::string_view text) {
    while (received_.find(text) == std::string::npos) {
      if (!Receive()) return false;
    }
    return true;
  }

  // Everything up to the end of the connection.
  std::string ReadToEnd() {
    while (Receive()) {
    }
    return std::exchange(received_, {});
  }
  // The other side ended the connection, in good order or not, and did not just keep us waiting.
  bool ended() const { return ended_; }

 private:
  bool Receive() {
    char bytes[65536];
    const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count > 0) received_.append(bytes, static_cast<std::size_t>(count));
    if (count == 0 || (count < 0 && errno == ECONNRESET)) ended_ = true;
    return count > 0;
  }
  static std::size_t BodySize(std::string_view head) {
    constexpr std::string_view kName = "Content-Length: ";
    const std::size_t at = head.find(kName);
    return at == std::string_view::npos ? 0 : std::stoul(std::string(head.substr(at + kName.size())));
  }

  int socket_;
  bool connected_ = false;
  bool ended_ = false;
  std::string received_;
};

inline std::string Body(std::string_view response) {
  const std::size_t at = response.find("\r\n\r\n");
  return at == std::string_view::npos ? "" : std::string(response.substr(at + 4));
}

inline int Status(std::string_view response) {
  return response.size() < 12 ? 0 : std::stoi(std::string(response.substr(9, 3)));
}

// Keeps the events of the lines written.
class EventLog : public Log {
 public:
  void Write(LogLevel, std::string_view event, std::initializer_list<LogField> fields) override {
    std::lock_guard lock(mutex_);
    text_ += event;
    for (const LogField& field : fields) {
      if (const auto* value = std::get_if<std::string>(&field.value())) text_ += " " + *value;
    }
    text_ += "\n";
  }
  std::string text() const {
    std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;
};

// A gate that threads wait at until it is opened, and that counts who has come.
class Gate {
 public:
  void Pass() {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void Open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void WaitForArrivals(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return arrived_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int arrived_ = 0;
  bool open_ = false;
};

// A server on a free port of the loopback, started.
struct TestServer {
  explicit TestServer(HttpHandler handler, HttpServerOptions options = {}) : server(OnFreePort(options), handler, log) {
    const Result<void> started = server.Start();
    EXPECT_TRUE(started.ok()) << (started.ok() ? "" : started.fault().text);
  }
  static HttpServerOptions OnFreePort(HttpServerOptions options) {
    options.listen = "127.0.0.1:0";
    return options;
  }
  int port() const { return server.port(); }

  EventLog log;
  HttpServer server;
};

}  // namespace tr::net
