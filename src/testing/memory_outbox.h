#pragma once
// The outbox's rows in memory, found by id, by ticket, and by channel in the order in which they come due.

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "store/ledger.h"

namespace tr::testing {

class MemoryOutbox {
 public:
  const std::map<std::string, store::Delivery>& rows() const { return rows_; }
  const store::Delivery* Find(const std::string& id) const;
  std::vector<store::Delivery> OfTicket(const std::string& ticket) const;

  // The soonest pending rows of the served channels, at most `limit`; of one due_at, by id. `turns`: nothing of a
  // channel before.
  std::vector<store::Delivery> Due(Time now, std::size_t limit, const store::ServesChannel& serves,
                                   const std::map<std::string, Time>& turns) const;

  // Adds the row, or puts it in the place of the one with its id.
  void Put(const store::Delivery& row);
  // Delivered rows that did not change since.
  void RemoveDelivered(Time before);

 private:
  void Remove(const std::string& id);

  std::map<std::string, store::Delivery> rows_;
  std::map<std::string, std::set<std::string>> of_ticket_;
  std::map<std::string, std::set<std::pair<Time, std::string>>> pending_;  // by channel
};

}  // namespace tr::testing
