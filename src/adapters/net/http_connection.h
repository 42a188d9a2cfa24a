#pragma once
// One client's connection: reads a request, has it handled in the pool, writes the answer, and again. Inside this room
// only. Everything but RunInPool runs in the thread of the connection's loop.
//
// kIdle → kReading → kHandling → kWriting → kIdle, and from kWriting on to kStreaming, kLingering or the end.
// Written as callbacks: an idle connection then owns no stack and no buffer, only this object.

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/event_stream.h"
#include "net/io_loop.h"
#include "net/request_parser.h"
#include "net/server_share.h"

namespace tr::net {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

class HttpConnection final : public IoLoop::Member, private PoolJob {
 public:
  HttpConnection(ServerShare& share, IoLoop& loop, Socket socket);

  // Serves it until it ends, and keeps it alive as long. It counts as open already.
  void Start();
  // Tells the client that the server is full, and ends.
  void StartRefused();

  void OnWake() override;
  void OnTick(SteadyTime now) override;

 private:
  using Error = boost::system::error_code;
  enum class Phase { kIdle, kReading, kHandling, kWriting, kStreaming, kLingering, kEnded };
  enum class Then { kReadOn, kNextRequest, kStream, kLinger, kEnd };

  void Begin();
  void NextRequest();
  void AwaitBytes();
  void OnReadable(Error error);
  void Parse();
  void OnHeader();
  void Handle();
  void RunInPool() override;
  void HandlerThrew(std::string_view type);
  void Answer();
  void Refuse(HttpResponse response);
  void WriteResponse(bool keep_alive, Then then);
  void Write(std::string bytes, Then then);
  void Flush();
  bool WriteSome();
  void OnWritten();
  void StartStream();
  void WatchReader();
  void PumpEvents();
  bool TakeEvents();
  void Linger();
  void Cancel();
  void OnCanceled();
  void End();
  void Enter(Phase phase, Duration limit);
  bool StreamIsSilent() const { return phase_ == Phase::kStreaming && head_left_.empty(); }

  ServerShare& share_;
  IoLoop& loop_;
  Socket socket_;
  std::shared_ptr<Member> self_;  // until the end
  std::string peer_;
  Phase phase_ = Phase::kIdle;
  SteadyTime deadline_ = SteadyTime::max();
  bool canceled_ = false;   // whatever waits or would wait ends
  bool timed_out_ = false;  // … because a request did not come in time
  bool heartbeat_due_ = false;
  Then then_ = Then::kEnd;  // what follows when all is written
  std::string unread_;      // received, but not taken by the parser yet
  std::optional<RequestParser> parser_;
  HttpResponse response_;
  std::string head_;
  std::string_view head_left_;  // of head_
  std::string_view body_left_;  // of response_.body
};

}  // namespace tr::net
