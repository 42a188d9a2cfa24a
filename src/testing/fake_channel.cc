#include "testing/fake_channel.h"

namespace tr::testing {

Result<std::string> FakeChannel::Post(const handoff::Notice& notice, const Call&) {
  const std::lock_guard lock(mutex_);
  ++calls_;
  if (notice.address.empty()) return Invalid("a notice without an address");
  const auto order = NextOrder();
  if (order && !order->after) return order->fault;
  said_.push_back(notice);
  changed_.notify_all();
  if (order) return order->fault;
  return "ref-" + std::to_string(said_.size());
}

std::optional<FakeChannel::Order> FakeChannel::NextOrder() {
  if (broken_) return Order{*broken_};
  if (orders_.empty()) return std::nullopt;
  Order order = orders_.front();
  orders_.pop_front();
  return order;
}

void FakeChannel::FailNext(Fault fault, int times) {
  const std::lock_guard lock(mutex_);
  for (int i = 0; i < times; ++i) orders_.push_back({fault});
}

void FakeChannel::LoseNextAnswer() {
  const std::lock_guard lock(mutex_);
  orders_.push_back({Transient("the answer was lost"), true});
}

void FakeChannel::Break(Fault fault) {
  const std::lock_guard lock(mutex_);
  broken_ = std::move(fault);
}

void FakeChannel::Mend() {
  const std::lock_guard lock(mutex_);
  broken_.reset();
}

std::vector<handoff::Notice> FakeChannel::said() const {
  const std::lock_guard lock(mutex_);
  return said_;
}

int FakeChannel::calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}

bool FakeChannel::WaitUntilSaid(std::size_t count, Duration patience) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [&] { return said_.size() >= count; });
}

}  // namespace tr::testing
