#include "net/io_loop.h"

#include <boost/asio/post.hpp>
#include <ctime>

namespace tr::net {
namespace {

// One read of a socket: a form post is one or two of them.
constexpr std::size_t kScratchBytes = 16 * 1024;

std::string HttpDate() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[64];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

}  // namespace

IoLoop::IoLoop(std::chrono::milliseconds tick)
    : tick_(tick), work_(context_.get_executor()), timer_(context_.get_executor()), scratch_(kScratchBytes) {}

IoLoop::~IoLoop() {
  boost::asio::post(context_, [this] {
    work_.reset();
    timer_.cancel();
  });
  if (thread_.joinable()) thread_.join();
}

void IoLoop::Start() {
  date_ = HttpDate();
  ScheduleTick();
  thread_ = std::thread([this] { context_.run(); });
}

void IoLoop::Wake(std::shared_ptr<Member> member) {
  bool first = false;
  {
    std::lock_guard lock(mutex_);
    first = woken_.empty();
    woken_.push_back(std::move(member));
  }
  if (first) boost::asio::post(context_, [this] { DeliverWakes(); });
}

void IoLoop::DeliverWakes() {
  {
    std::lock_guard lock(mutex_);
    delivering_.swap(woken_);
  }
  for (const auto& member : delivering_) member->OnWake();
  delivering_.clear();
}

void IoLoop::TickSoon() {
  boost::asio::post(context_, [this] { Tick(); });
}

void IoLoop::Tick() {
  date_ = HttpDate();
  const SteadyTime now = std::chrono::steady_clock::now();
  for (Member* member : members_) member->OnTick(now);
}

void IoLoop::ScheduleTick() {
  timer_.expires_after(tick_);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error || !work_.owns_work()) return;
    Tick();
    ScheduleTick();
  });
}

}  // namespace tr::net
