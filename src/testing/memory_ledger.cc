#include "testing/memory_ledger.h"

#include "store/key_hash.h"

namespace tr::testing {
namespace {

using store::DeliveryWrite;
using store::Key;
using store::Step;
using store::TicketWrite;

std::string HashOf(const Key& key) { return store::Hex(store::HashKey(key.key)); }

Result<void> CheckRules(const Step& step) {
  if (store::CountItems(step) > store::kMaxStepItems) return Bug("a step has more items than a step may have");
  std::set<std::string> written;
  for (const TicketWrite& write : step.tickets) {
    if (write.ticket.version != write.expected_version + 1) return Bug("a ticket's version does not follow");
    if (!written.insert(write.ticket.id).second) return Bug("a step writes one ticket twice");
  }
  return Ok();
}

bool Fits(const MemoryData& data, const TicketWrite& write) {
  const auto stored = data.tickets.find(write.ticket.id);
  return write.expected_version == (stored == data.tickets.end() ? 0 : stored->second.version);
}

bool Fits(const MemoryData& data, const DeliveryWrite& write) {
  if (!write.expected_attempts) return true;
  const store::Delivery* stored = data.outbox.Find(write.delivery.id);
  return stored != nullptr && stored->attempts == *write.expected_attempts;
}

Result<void> CheckConditions(const MemoryData& data, const Step& step, Time now) {
  for (const TicketWrite& write : step.tickets) {
    if (!Fits(data, write)) return Conflict("the ticket has another version");
  }
  for (const DeliveryWrite& write : step.deliveries) {
    if (!Fits(data, write)) return Conflict("the delivery has another number of attempts");
  }
  std::set<std::string> put;
  for (const Key& key : step.keys) {
    const auto stored = data.keys.find(HashOf(key));
    const bool lives = stored != data.keys.end() && stored->second.expires_at > now;
    const auto present = lives ? std::optional(stored->second.ticket) : std::nullopt;
    if (present != key.replaces || !put.insert(key.key).second) return Conflict("the key is not as the step wants it");
  }
  return Ok();
}

void ApplyEntries(MemoryData& data, const Step& step) {
  for (const auto& entry : step.entries_removed) {
    data.entries[entry.team].erase(entry);
    if (data.entries[entry.team].empty()) data.entries.erase(entry.team);
  }
  for (const auto& entry : step.entries_put) data.entries[entry.team].insert(entry);
}

void ApplyKeys(MemoryData& data, const Step& step, Time now) {
  for (const auto& key : step.keys) data.keys[HashOf(key)] = {HashOf(key), key.ticket, key.expires_at};
  for (const auto& thread : step.threads) {
    const store::KeptKey kept{store::Hex(store::HashThread(thread.message_id)), thread.ticket, thread.expires_at};
    const auto [place, fresh] = data.keys.emplace(kept.hash, kept);
    if (!fresh && place->second.expires_at <= now) place->second = kept;
  }
}

void Apply(MemoryData& data, const Step& step, Time now) {
  for (const auto& write : step.tickets) data.tickets[write.ticket.id] = write.ticket;
  for (const auto& message : step.messages) data.messages[{message.ticket, message.n}] = message;
  for (const auto& write : step.deliveries) {
    if (write.expected_attempts || data.outbox.Find(write.delivery.id) == nullptr) data.outbox.Put(write.delivery);
  }
  for (const auto& turn : step.turns) data.turns[turn.channel] = turn.not_before;
  for (const auto& reading : step.readings) data.readings[reading.ticket].push_back(reading);
  data.corrections.insert(data.corrections.end(), step.corrections.begin(), step.corrections.end());
  for (const auto& row : step.audit) {
    data.audit_of[row.ticket].push_back(data.audit.size());
    data.audit.push_back(row);
  }
  ApplyEntries(data, step);
  ApplyKeys(data, step, now);
}

}  // namespace

Result<void> MemoryLedger::Commit(const Step& step, Time now) {
  TR_TRY(CheckRules(step));
  const std::lock_guard lock(data_.mutex);
  TR_TRY(CheckConditions(data_, step, now));
  Apply(data_, step, now);
  return Ok();
}

Result<void> MemoryLedger::Load(const Step& step) {
  const std::lock_guard lock(data_.mutex);
  for (const TicketWrite& write : step.tickets) {
    if (data_.tickets.contains(write.ticket.id)) return Conflict("the ticket is there already");
  }
  Apply(data_, step, Time{});
  return Ok();
}

}  // namespace tr::testing
