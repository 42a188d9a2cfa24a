#include "testing/memory_keep.h"

#include <algorithm>

#include "ticket/steps.h"

namespace tr::testing {
namespace {

bool IsExpired(const Ticket& ticket, Time before) { return !IsOpen(ticket.state) && ticket.touched_at < before; }

// The key's value is the ticket's id, or names one of its messages.
bool StandsFor(const store::KeptKey& key, const std::string& ticket) {
  return key.ticket == ticket || key.ticket.starts_with(ticket + "#");
}

}  // namespace

Result<void> MemoryOriginals::Put(const std::string& key, std::string_view bytes, Time now) {
  const std::lock_guard lock(data_.mutex);
  data_.originals.emplace(key, KeptOriginal{std::string(bytes), now});
  return Ok();
}

Result<std::string> MemoryOriginals::Get(const std::string& key) {
  const std::lock_guard lock(data_.mutex);
  const auto found = data_.originals.find(key);
  if (found == data_.originals.end()) return NotFound("no such original");
  return found->second.bytes;
}

Result<void> MemoryPeople::Put(const store::Access& access) {
  const std::lock_guard lock(data_.mutex);
  data_.people[access.digest] = access;
  return Ok();
}

Result<std::optional<store::Access>> MemoryPeople::Find(const std::string& digest, Time now) {
  const std::lock_guard lock(data_.mutex);
  const auto found = data_.people.find(digest);
  const bool valid = found != data_.people.end() && (!found->second.expires_at || *found->second.expires_at > now);
  return valid ? std::optional(found->second) : std::nullopt;
}

Result<std::vector<store::Access>> MemoryPeople::List() {
  const std::lock_guard lock(data_.mutex);
  std::vector<store::Access> all;
  for (const auto& [digest, access] : data_.people) all.push_back(access);
  return all;
}

Result<void> MemoryPeople::Remove(const std::string& digest) {
  const std::lock_guard lock(data_.mutex);
  data_.people.erase(digest);
  return Ok();
}

Result<bool> MemoryEraser::EraseExpired(const std::string& ticket, Time before, Time now) {
  const std::lock_guard lock(data_.mutex);
  const auto found = data_.tickets.find(ticket);
  if (found == data_.tickets.end()) return NotFound("no such ticket");
  if (!IsExpired(found->second, before)) return false;
  Erase(found->second, false, now);
  return true;
}

Result<void> MemoryEraser::Forget(const std::string& ticket, Time now) {
  const std::lock_guard lock(data_.mutex);
  const auto found = data_.tickets.find(ticket);
  if (found == data_.tickets.end()) return NotFound("no such ticket");
  Erase(found->second, true, now);
  return Ok();
}

void MemoryEraser::Erase(Ticket& ticket, bool identity, Time now) {
  const Ticket before = ticket;
  EraseTexts(ticket, identity);
  if (identity) EraseIdentity(ticket);
  EraseExamples(ticket.id, now);
  if (ticket != before) ++ticket.version;
}

void MemoryEraser::EraseTexts(Ticket& ticket, bool identity) {
  ticket.subject.clear();
  ticket.text_removed = true;
  for (auto& [key, message] : data_.messages) {
    if (key.first != ticket.id) continue;
    message.text.clear();
    message.new_text.clear();
    for (Attachment& attachment : message.attachments) attachment.filename.clear();
    if (identity || !OthersName(message.original, ticket.id)) data_.originals.erase(message.original);
    message.original.clear();
  }
  if (const auto readings = data_.readings.find(ticket.id); readings != data_.readings.end()) {
    for (auto& row : readings->second) row.reading.evidence.clear();
  }
}

bool MemoryEraser::OthersName(const std::string& original, const std::string& ticket) const {
  return std::any_of(data_.messages.begin(), data_.messages.end(), [&](const auto& message) {
    return message.second.original == original && message.first.first != ticket;
  });
}

void MemoryEraser::EraseIdentity(Ticket& ticket) {
  ticket.customer.name.clear();
  ticket.customer.address.clear();
  for (auto& [key, message] : data_.messages) {
    if (key.first != ticket.id) continue;
    message.message_id.clear();
    if (message.author == Author::kCustomer) message.from = {};
  }
  std::erase_if(data_.keys, [&](const auto& key) { return StandsFor(key.second, ticket.id); });
}

void MemoryEraser::EraseExamples(const std::string& ticket, Time now) {
  std::vector<store::Correction> erased;
  for (auto& row : data_.corrections) {
    if (row.ticket != ticket) continue;
    if (!row.redacted_text.empty()) {
      store::Correction& erase = erased.emplace_back();
      erase.id = ids_.NewId(now);
      erase.kind = store::CorrectionKind::kErase;
      erase.ticket = ticket;
      erase.by = "router";
      erase.at = now;
      erase.undoes = row.id;
    }
    row.redacted_text.clear();
    row.before.clear();
  }
  data_.corrections.insert(data_.corrections.end(), erased.begin(), erased.end());
}

Result<std::vector<std::string>> MemoryEraser::Expired(Time before, int limit) {
  const std::lock_guard lock(data_.mutex);
  std::set<std::pair<Time, std::string>> ended;
  for (const auto& [id, ticket] : data_.tickets) {
    if (IsExpired(ticket, before) && !ticket.text_removed) ended.emplace(ticket.touched_at, id);
  }
  std::vector<std::string> ids;
  for (const auto& [at, id] : ended) {
    if (ids.size() < static_cast<std::size_t>(std::max(limit, 0))) ids.push_back(id);
  }
  return ids;
}

Result<void> MemoryEraser::Vacuum(Time before, Time now) {
  const std::lock_guard lock(data_.mutex);
  std::set<std::string> named;
  for (const auto& [key, message] : data_.messages) named.insert(message.original);
  std::erase_if(data_.keys, [&](const auto& key) { return key.second.expires_at <= now; });
  data_.outbox.RemoveDelivered(before);
  std::erase_if(data_.originals, [&](const auto& original) {
    return original.second.put_at < before && !named.contains(original.first);
  });
  return Ok();
}

}  // namespace tr::testing
