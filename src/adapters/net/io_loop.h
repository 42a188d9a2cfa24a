#pragma once
// One thread that waits for sockets: it serves many connections and blocks on none. Inside this room only.

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <vector>

namespace tr::net {

using Executor = boost::asio::io_context::executor_type;
using LoopTimer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                    boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;
using SteadyTime = std::chrono::steady_clock::time_point;

class IoLoop {
 public:
  // A connection, as far as its loop knows it. Both functions are called in the loop's thread.
  class Member : public std::enable_shared_from_this<Member> {
   public:
    virtual ~Member() = default;
    virtual void OnWake() = 0;
    // May not end the connection at once: others are being visited.
    virtual void OnTick(SteadyTime now) = 0;
  };

  // Members are visited every `tick`, which is how exact their time-outs are: one timer for ten thousand connections.
  explicit IoLoop(std::chrono::milliseconds tick);
  // REQUIRES: no members.
  ~IoLoop();

  Executor executor() { return context_.get_executor(); }
  void Start();

  // Thread-safe. Calls member->OnWake() soon; cheap when many call at once.
  void Wake(std::shared_ptr<Member> member);
  // Thread-safe. Visits all members soon.
  void TickSoon();

  // The rest: in the loop's thread.
  void Join(Member& member) { members_.insert(&member); }
  void Leave(Member& member) { members_.erase(&member); }
  // What was read last and not yet taken: connections share it, so that an idle one owns no buffer.
  std::span<char> scratch() { return scratch_; }
  // For the Date field.
  std::string_view date() const { return date_; }

 private:
  void DeliverWakes();
  void Tick();
  void ScheduleTick();

  const std::chrono::milliseconds tick_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<Executor> work_;
  LoopTimer timer_;
  std::unordered_set<Member*> members_;
  std::vector<char> scratch_;
  std::string date_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<Member>> woken_;       // guarded by mutex_
  std::vector<std::shared_ptr<Member>> delivering_;  // the other half of the pair, to keep its memory
  std::thread thread_;
};

}  // namespace tr::net
