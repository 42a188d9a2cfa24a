#include "store/step.h"

#include <array>
#include <utility>

#include "ticket/steps.h"

namespace tr::store {
namespace {

constexpr std::array<std::string_view, 7> kDeliveryKinds = {"card",   "card_update",  "ping", "thread",
                                                            "digest", "announcement", "timer"};
constexpr std::array<std::string_view, 3> kDeliveryStates = {"pending", "delivered", "failed"};
constexpr std::array<std::string_view, 10> kCorrectionKinds = {"reassign", "bump", "split", "merge",   "take",
                                                               "release",  "done", "undo",  "restore", "erase"};

template <typename Enum, std::size_t kCount>
std::optional<Enum> Find(const std::array<std::string_view, kCount>& names, std::string_view name) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view Name(DeliveryKind kind) { return kDeliveryKinds[static_cast<std::size_t>(kind)]; }
std::string_view Name(DeliveryState state) { return kDeliveryStates[static_cast<std::size_t>(state)]; }
std::string_view Name(CorrectionKind kind) { return kCorrectionKinds[static_cast<std::size_t>(kind)]; }

std::optional<DeliveryKind> ParseDeliveryKind(std::string_view name) {
  return Find<DeliveryKind>(kDeliveryKinds, name);
}
std::optional<DeliveryState> ParseDeliveryState(std::string_view name) {
  return Find<DeliveryState>(kDeliveryStates, name);
}
std::optional<CorrectionKind> ParseCorrectionKind(std::string_view name) {
  return Find<CorrectionKind>(kCorrectionKinds, name);
}

std::optional<QueueEntry> EntryOf(const Ticket& ticket) {
  const bool dead = ticket.dead_lettered && (ticket.state == State::kReceived || ticket.state == State::kRead);
  if (!IsQueued(ticket.state) && !dead) return std::nullopt;
  return QueueEntry{ticket.team, ticket.rank, ticket.received_at, ticket.id};
}

std::size_t CountItems(const Step& step) {
  return step.tickets.size() + step.messages.size() + step.readings.size() + step.entries_removed.size() +
         step.entries_put.size() + step.deliveries.size() + step.turns.size() + step.corrections.size() +
         step.audit.size() + step.keys.size() + step.threads.size();
}

void AddTicket(Step& step, const Ticket& before, Ticket after) {
  const auto old_entry = before.version == 0 ? std::nullopt : EntryOf(before);
  auto new_entry = EntryOf(after);
  if (old_entry != new_entry) {
    if (old_entry) step.entries_removed.push_back(*old_entry);
    if (new_entry) step.entries_put.push_back(*std::move(new_entry));
  }
  after.version = before.version + 1;
  step.tickets.push_back({before.version, std::move(after)});
}

}  // namespace tr::store
