#include "testing/memory_outbox.h"

#include <algorithm>

namespace tr::testing {

using store::Delivery;
using store::DeliveryState;

const Delivery* MemoryOutbox::Find(const std::string& id) const {
  const auto found = rows_.find(id);
  return found == rows_.end() ? nullptr : &found->second;
}

std::vector<Delivery> MemoryOutbox::OfTicket(const std::string& ticket) const {
  std::vector<Delivery> rows;
  const auto ids = of_ticket_.find(ticket);
  if (ids == of_ticket_.end()) return rows;
  for (const std::string& id : ids->second) rows.push_back(rows_.at(id));
  return rows;
}

std::vector<Delivery> MemoryOutbox::Due(Time now, std::size_t limit, const store::ServesChannel& serves,
                                        const std::map<std::string, Time>& turns) const {
  std::vector<std::pair<Time, std::string>> due;
  for (const auto& [channel, rows] : pending_) {
    const auto turn = turns.find(channel);
    if ((serves && !serves(channel)) || (turn != turns.end() && turn->second > now)) continue;
    std::size_t count = 0;
    for (auto row = rows.begin(); row != rows.end() && row->first <= now && count < limit; ++row, ++count) {
      due.push_back(*row);
    }
  }
  std::ranges::sort(due);
  if (due.size() > limit) due.resize(limit);
  std::vector<Delivery> rows;
  for (const auto& [at, id] : due) rows.push_back(rows_.at(id));
  return rows;
}

void MemoryOutbox::Put(const Delivery& row) {
  Remove(row.id);
  rows_.emplace(row.id, row);
  of_ticket_[row.ticket].insert(row.id);
  if (row.state == DeliveryState::kPending) pending_[row.channel].emplace(row.due_at, row.id);
}

void MemoryOutbox::Remove(const std::string& id) {
  const auto found = rows_.find(id);
  if (found == rows_.end()) return;
  const Delivery& row = found->second;
  of_ticket_[row.ticket].erase(id);
  if (const auto pending = pending_.find(row.channel); pending != pending_.end()) {
    pending->second.erase({row.due_at, id});
    if (pending->second.empty()) pending_.erase(pending);
  }
  rows_.erase(found);
}

void MemoryOutbox::RemoveDelivered(Time before) {
  std::vector<std::string> old;
  for (const auto& [id, row] : rows_) {
    if (row.state == DeliveryState::kDelivered && row.changed_at < before) old.push_back(id);
  }
  for (const std::string& id : old) Remove(id);
}

}  // namespace tr::testing
