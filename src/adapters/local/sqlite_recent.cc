#include "local/sqlite_recent.h"

#include <algorithm>

namespace tr::local {
namespace {

// Some seconds' worth at full load; a ticket of a form takes about 4 KiB.
constexpr std::size_t kMaxKept = 4096;
constexpr std::size_t kMaxBytes = 16 << 20;
constexpr std::size_t kMaxOne = 256 << 10;

void AddOnce(std::vector<RecentTickets::Hand::Taken>& taken, const std::string& ticket) {
  const bool there = std::any_of(taken.begin(), taken.end(), [&](const auto& one) { return one.ticket == ticket; });
  if (!there) taken.push_back({ticket, nullptr});
}

std::size_t BytesOf(const RecentTicket& recent) {
  std::size_t bytes = 1024;
  for (const Message& message : recent.messages) bytes += 512 + message.text.size() + message.new_text.size();
  return bytes + 1024 * recent.readings.size();
}

void PutMessage(std::vector<Message>& messages, const Message& message) {
  const auto at = std::lower_bound(messages.begin(), messages.end(), message.n,
                                   [](const Message& one, int n) { return one.n < n; });
  if (at != messages.end() && at->n == message.n) {
    *at = message;
  } else {
    messages.insert(at, message);
  }
}

// The ticket as the step left it; null when not all of it is known.
std::shared_ptr<const RecentTicket> After(const RecentTickets::Hand::Taken& taken, const store::Step& step) {
  const auto write = std::find_if(step.tickets.begin(), step.tickets.end(),
                                  [&](const store::TicketWrite& one) { return one.ticket.id == taken.ticket; });
  const bool is_new = write != step.tickets.end() && write->expected_version == 0;
  if (!is_new && taken.before == nullptr) return nullptr;
  auto after = is_new ? std::make_shared<RecentTicket>() : std::make_shared<RecentTicket>(*taken.before);
  if (write != step.tickets.end()) after->ticket = write->ticket;
  for (const Message& message : step.messages) {
    if (message.ticket == taken.ticket) PutMessage(after->messages, message);
  }
  for (const store::ReadingRow& row : step.readings) {
    if (row.ticket == taken.ticket) after->readings.push_back(row);
  }
  return after;
}

}  // namespace

std::shared_ptr<const RecentTicket> RecentTickets::Find(const std::string& ticket) {
  const std::lock_guard lock(mutex_);
  const auto slot = slots_.find(ticket);
  if (slot == slots_.end() || slot->second.recent == nullptr) return nullptr;
  // Inside the lock: the writer forgets all before it calls a later state of the file its own.
  if (!writer_.IsOurs()) return nullptr;
  hits_.fetch_add(1, std::memory_order_relaxed);
  return slot->second.recent;
}

RecentTickets::Hand RecentTickets::Take(const store::Step& step) {
  Hand hand;
  for (const store::TicketWrite& write : step.tickets) AddOnce(hand.taken, write.ticket.id);
  for (const Message& message : step.messages) AddOnce(hand.taken, message.ticket);
  for (const store::ReadingRow& row : step.readings) AddOnce(hand.taken, row.ticket);
  const std::lock_guard lock(mutex_);
  hand.token = next_token_++;
  hand.era = era_;
  for (Hand::Taken& taken : hand.taken) {
    Slot& slot = slots_[taken.ticket];
    taken.before = std::move(slot.recent);
    bytes_ -= slot.bytes;
    slot = {nullptr, hand.token, 0};
  }
  return hand;
}

void RecentTickets::PutBack(const Hand& hand, const store::Step& step, bool stored) {
  std::vector<std::shared_ptr<const RecentTicket>> after(hand.taken.size());
  for (std::size_t i = 0; stored && i < after.size(); ++i) after[i] = After(hand.taken[i], step);
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < after.size(); ++i) {
    const auto slot = slots_.find(hand.taken[i].ticket);
    if (slot == slots_.end() || slot->second.token != hand.token) continue;
    if (after[i] == nullptr || hand.era != era_) {
      slots_.erase(slot);
    } else {
      Keep(hand.taken[i].ticket, std::move(after[i]));
    }
  }
}

void RecentTickets::Keep(const std::string& ticket, std::shared_ptr<const RecentTicket> recent) {
  const std::size_t bytes = BytesOf(*recent);
  if (bytes > kMaxOne) return Drop(ticket);
  if (recent->ticket.version == 1) order_.push_back(ticket);
  slots_[ticket] = {std::move(recent), 0, bytes};
  bytes_ += bytes;
  while (!order_.empty() && (order_.size() > kMaxKept || bytes_ > kMaxBytes)) {
    Drop(order_.front());
    order_.pop_front();
  }
}

void RecentTickets::Drop(const std::string& ticket) {
  const auto slot = slots_.find(ticket);
  if (slot == slots_.end()) return;
  bytes_ -= slot->second.bytes;
  slots_.erase(slot);
}

void RecentTickets::Forget(const std::string& ticket) {
  const std::lock_guard lock(mutex_);
  Drop(ticket);
}

void RecentTickets::ForgetAll() {
  const std::lock_guard lock(mutex_);
  slots_.clear();
  order_.clear();
  bytes_ = 0;
  ++era_;
}

}  // namespace tr::local
