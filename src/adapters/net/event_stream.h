#pragma once
// Server-sent events: the pipe between whoever has news and one open connection.

#include <functional>
#include <mutex>
#include <string>

namespace tr::net {

// Hand it out in HttpResponse::events and keep it to push. Thread-safe.
class EventStream {
 public:
  // What may wait for a slow reader before it is dropped: a browser tab that fell asleep must not hold our memory.
  static constexpr std::size_t kMaxPending = 256 * 1024;

  // Queues bytes ("data: …\n\n") for the reader; never blocks. False: the stream is closed, let go of it.
  // A chunk that would leave more than kMaxPending bytes unwritten closes the stream and drops what was pending.
  bool Send(std::string_view chunk);
  // Ends the stream after what was sent so far.
  void Close();
  // True once either side has ended it.
  bool closed() const;

  // The server's end.
  struct Batch {
    std::string bytes;
    bool closed = false;   // nothing will follow these bytes
    bool dropped = false;  // the reader was too slow
  };
  // `wake` is called from any thread when there is something new to take, at most once between two calls of Take.
  void Attach(std::function<void()> wake);
  // Takes what is pending; it goes on counting as unwritten until the next Take.
  Batch Take();
  // The reader was too slow.
  bool dropped() const;
  // No call of `wake` is running or will come after this; the stream is closed.
  void Detach();

 private:
  void WakeOnce();

  mutable std::mutex mutex_;
  std::function<void()> wake_;
  std::string pending_;
  std::size_t taken_ = 0;
  bool woken_ = false;
  bool closed_ = false;
  bool dropped_ = false;
};

}  // namespace tr::net
