#include "testing/memory_dump.h"

namespace tr::testing {
namespace {

template <typename Row>
store::DumpPage<Row> PageOf(const std::map<std::string, Row>& rows, const std::string& cursor, int limit) {
  store::DumpPage<Row> page;
  auto at = cursor.empty() ? rows.begin() : rows.upper_bound(cursor);
  for (; at != rows.end() && page.rows.size() < static_cast<std::size_t>(limit); ++at) {
    page.rows.push_back(at->second);
    page.next = at->first;
  }
  if (at == rows.end()) page.next.clear();
  return page;
}

}  // namespace

Result<store::DumpPage<Ticket>> MemoryDump::Tickets(const std::string& cursor, int limit) {
  const std::lock_guard lock(data_.mutex);
  return PageOf(data_.tickets, cursor, limit);
}

Result<store::DumpPage<store::Delivery>> MemoryDump::Deliveries(const std::string& cursor, int limit) {
  const std::lock_guard lock(data_.mutex);
  return PageOf(data_.outbox.rows(), cursor, limit);
}

Result<store::DumpPage<store::KeptKey>> MemoryDump::Keys(const std::string& cursor, int limit) {
  const std::lock_guard lock(data_.mutex);
  return PageOf(data_.keys, cursor, limit);
}

Result<bool> MemoryDump::IsEmpty() {
  const std::lock_guard lock(data_.mutex);
  return data_.tickets.empty() && data_.messages.empty() && data_.readings.empty() && data_.outbox.rows().empty() &&
         data_.corrections.empty() && data_.audit.empty() && data_.keys.empty() && data_.entries.empty();
}

Result<void> MemoryDump::LoadKeys(const std::vector<store::KeptKey>& keys) {
  const std::lock_guard lock(data_.mutex);
  for (const store::KeptKey& key : keys) data_.keys[key.hash] = key;
  return Ok();
}

}  // namespace tr::testing
