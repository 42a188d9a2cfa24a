#include "net/http_connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <typeinfo>

#include "net/response_head.h"

namespace tr::net {
namespace {

namespace asio = boost::asio;
using asio::error::would_block;

constexpr SteadyTime kNever = SteadyTime::max();
// How long a client that was told off may go on sending: a reset before that would take the answer along.
constexpr Duration kLinger{2'000};
// What a request that has only half arrived gets when the server stops.
constexpr Duration kHalfRequestGrace{1'000};

}  // namespace

HttpConnection::HttpConnection(ServerShare& share, IoLoop& loop, Socket socket)
    : share_(share), loop_(loop), socket_(std::move(socket)) {}

void HttpConnection::Begin() {
  self_ = shared_from_this();
  loop_.Join(*this);
  Error ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  const auto peer = socket_.remote_endpoint(ignored);
  if (!ignored) peer_ = peer.address().to_string();
}

void HttpConnection::Start() {
  Begin();
  NextRequest();
}

void HttpConnection::StartRefused() {
  Begin();
  HttpResponse response = ProblemResponse(503, "too many connections are open; try again in a moment");
  response.headers.Add("Retry-After", "1");
  Refuse(std::move(response));
}

void HttpConnection::NextRequest() {
  response_ = {};
  parser_.emplace(share_.options.max_header_bytes, share_.options.max_body_bytes);
  Enter(Phase::kIdle, share_.options.idle_timeout);
  if (unread_.empty()) {
    std::string().swap(unread_);
    return AwaitBytes();
  }
  Enter(Phase::kReading, share_.options.header_timeout);
  Parse();
}

void HttpConnection::AwaitBytes() {
  socket_.async_wait(Socket::wait_read, [this, self = self_](Error error) { OnReadable(error); });
}

void HttpConnection::OnReadable(Error error) {
  if (error || canceled_) return OnCanceled();
  const auto scratch = loop_.scratch();
  const std::size_t count = socket_.read_some(asio::buffer(scratch.data(), scratch.size()), error);
  if (error && error != would_block) return End();
  if (error || phase_ == Phase::kLingering) return AwaitBytes();
  unread_.append(scratch.data(), count);
  if (phase_ == Phase::kIdle) Enter(Phase::kReading, share_.options.header_timeout);
  Parse();
}

void HttpConnection::Parse() {
  const bool in_header = !parser_->header_done();
  unread_.erase(0, parser_->Feed(unread_));
  if (parser_->refusal()) return Refuse(*parser_->refusal());
  if (parser_->done()) return Handle();
  if (in_header && parser_->header_done()) return OnHeader();
  AwaitBytes();
}

void HttpConnection::OnHeader() {
  Enter(Phase::kReading, share_.options.body_timeout);
  if (!parser_->expects_continue() || !unread_.empty()) return AwaitBytes();
  Write("HTTP/1.1 100 Continue\r\n\r\n", Then::kReadOn);
}

void HttpConnection::Handle() {
  Enter(Phase::kHandling, Duration::max());
  parser_->request().peer = peer_;
  share_.pool.Submit(*this);
}

void HttpConnection::RunInPool() {
  try {
    response_ = share_.handler(parser_->request());
  } catch (const std::exception& error) {
    HandlerThrew(typeid(error).name());
  } catch (...) {
    HandlerThrew("unknown");
  }
  loop_.Wake(self_);
}

// Neither what() nor the path is logged: both may quote a customer or a token.
void HttpConnection::HandlerThrew(std::string_view type) {
  share_.log.Error("http_handler_threw", {{"method", parser_->request().method}, {"type", type}});
  response_ = ProblemResponse(500, "something went wrong here; the request may be tried again");
}

void HttpConnection::OnWake() {
  if (phase_ == Phase::kHandling) return Answer();
  if (phase_ == Phase::kStreaming) PumpEvents();
}

void HttpConnection::Answer() {
  if (canceled_) return End();
  const bool keep_alive = parser_->keep_alive() && !response_.events && share_.stop.load() == StopLevel::kServe;
  const Then last = unread_.empty() ? Then::kEnd : Then::kLinger;
  WriteResponse(keep_alive, response_.events ? Then::kStream : keep_alive ? Then::kNextRequest : last);
}

// Answers what will not be served, and ends.
void HttpConnection::Refuse(HttpResponse response) {
  response_ = std::move(response);
  WriteResponse(false, Then::kLinger);
}

void HttpConnection::WriteResponse(bool keep_alive, Then then) {
  const bool http11 = !parser_ || !parser_->header_done() || parser_->http11();
  const bool head_only = parser_ && parser_->request().method == "HEAD";
  if (StatusHasBody(response_.status) && !head_only) body_left_ = response_.body;
  Write(FormatResponseHead(response_, {loop_.date(), keep_alive, http11}), then);
}

void HttpConnection::Write(std::string bytes, Then then) {
  Enter(Phase::kWriting, share_.options.write_timeout);
  then_ = then;
  head_ = std::move(bytes);
  head_left_ = head_;
  Flush();
}

void HttpConnection::Flush() {
  if (WriteSome()) OnWritten();
}

// True: all is written. False: it goes on when the socket takes more, or the connection has ended.
bool HttpConnection::WriteSome() {
  while (!head_left_.empty() || !body_left_.empty()) {
    const std::array buffers = {asio::buffer(head_left_), asio::buffer(body_left_)};
    Error error;
    const std::size_t count = socket_.write_some(buffers, error);
    if (error == would_block) {
      deadline_ = std::chrono::steady_clock::now() + share_.options.write_timeout;
      socket_.async_wait(Socket::wait_write, [this, self = self_](Error e) { e || canceled_ ? End() : Flush(); });
      return false;
    }
    if (error) return End(), false;
    const std::size_t of_head = std::min(count, head_left_.size());
    head_left_.remove_prefix(of_head);
    body_left_.remove_prefix(count - of_head);
  }
  std::string().swap(head_);
  return true;
}

void HttpConnection::OnWritten() {
  switch (then_) {
    case Then::kReadOn: Enter(Phase::kReading, share_.options.body_timeout); return AwaitBytes();
    case Then::kNextRequest: return NextRequest();
    case Then::kStream: return phase_ == Phase::kStreaming ? PumpEvents() : StartStream();
    case Then::kLinger: return Linger();
    case Then::kEnd: return End();
  }
}

void HttpConnection::StartStream() {
  Enter(Phase::kStreaming, share_.options.event_heartbeat);
  response_.body.clear();
  response_.events->Attach([this] { loop_.Wake(self_); });
  WatchReader();
  PumpEvents();
}

// Notices that an event stream's reader has gone; what it may send is of no interest.
void HttpConnection::WatchReader() {
  socket_.async_wait(Socket::wait_read, [this, self = self_](Error error) {
    if (error || canceled_) return End();
    const auto scratch = loop_.scratch();
    socket_.read_some(asio::buffer(scratch.data(), scratch.size()), error);
    error&& error != would_block ? End() : WatchReader();
  });
}

void HttpConnection::PumpEvents() {
  if (response_.events->dropped()) return End();
  while (StreamIsSilent() && TakeEvents() && WriteSome()) {
    heartbeat_due_ = false;
    Enter(Phase::kStreaming, share_.options.event_heartbeat);
  }
}

// False: there is nothing to write now, or never again.
bool HttpConnection::TakeEvents() {
  EventStream::Batch batch = response_.events->Take();
  if (batch.bytes.empty() && batch.closed) return End(), false;
  if (batch.bytes.empty() && heartbeat_due_) batch.bytes = ":\n\n";
  head_ = std::move(batch.bytes);
  head_left_ = head_;
  return !head_left_.empty();
}

void HttpConnection::Linger() {
  Error error;
  socket_.shutdown(Socket::shutdown_send, error);
  if (error) return End();
  unread_.clear();
  Enter(Phase::kLingering, kLinger);
  AwaitBytes();
}

// A handler that runs is waited for; whatever waits for the socket comes back with an error.
void HttpConnection::Cancel() {
  canceled_ = true;
  Error ignored;
  socket_.cancel(ignored);
}

void HttpConnection::OnCanceled() {
  if (!timed_out_) return End();
  canceled_ = timed_out_ = false;
  Refuse(ProblemResponse(408, "the request did not arrive in time"));
}

void HttpConnection::End() {
  if (phase_ == Phase::kEnded) return;
  phase_ = Phase::kEnded;
  if (response_.events) response_.events->Detach();
  Error ignored;
  socket_.close(ignored);
  loop_.Leave(*this);
  share_.open.Remove();
  // Whoever called holds another reference until it returns.
  self_.reset();
}

void HttpConnection::Enter(Phase phase, Duration limit) {
  phase_ = phase;
  deadline_ = limit == Duration::max() ? kNever : std::chrono::steady_clock::now() + limit;
}

void HttpConnection::OnTick(SteadyTime now) {
  const StopLevel stop = share_.stop.load();
  if (stop == StopLevel::kDrain) {
    const bool half = phase_ == Phase::kReading || phase_ == Phase::kLingering;
    if (half) deadline_ = std::min(deadline_, now + kHalfRequestGrace);
    if (phase_ == Phase::kStreaming) response_.events->Close();
  }
  if (stop == StopLevel::kAbort || (stop == StopLevel::kDrain && phase_ == Phase::kIdle)) return Cancel();
  if (now < deadline_) return;
  if (StreamIsSilent()) {
    heartbeat_due_ = true;
    deadline_ = kNever;
    return loop_.Wake(self_);
  }
  timed_out_ = phase_ == Phase::kReading;
  Cancel();
}

}  // namespace tr::net
