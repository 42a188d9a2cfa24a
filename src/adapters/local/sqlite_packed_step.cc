#include "local/sqlite_packed_step.h"

#include <algorithm>

namespace tr::local {
namespace {

PackedHistory& HistoryOf(std::vector<PackedHistory>& histories, std::string_view ticket) {
  const auto found = std::find_if(histories.begin(), histories.end(),
                                  [ticket](const PackedHistory& history) { return history.ticket == ticket; });
  if (found != histories.end()) return *found;
  return histories.emplace_back(PackedHistory{ticket, {}, {}});
}

}  // namespace

PackedStep::PackedStep(const store::Step& step) {
  for (const store::TicketWrite& write : step.tickets) {
    tickets.push_back(TicketBody(write.ticket));
    const std::string& address = write.ticket.customer.address;
    // Only a new ticket is entered under its customer.
    customers.push_back(address.empty() || write.expected_version != 0 ? 0 : HashAddress(address));
  }
  for (const Message& message : step.messages) messages.push_back(MessageBody(message));
  for (const store::AuditRow& row : step.audit) PackAudit(HistoryOf(histories, row.ticket).rows, row);
  for (const store::ReadingRow& row : step.readings) PackReading(HistoryOf(histories, row.ticket).readings, row);
  for (const store::Key& key : step.keys) keys.push_back(HashKey(key.key));
  for (const store::ThreadKey& thread : step.threads) threads.push_back(HashThread(thread.message_id));
}

}  // namespace tr::local
