#include "testing/memory_logs.h"

#include <algorithm>
#include <charconv>

namespace tr::testing {
namespace {

Result<std::size_t> ParseCursor(const std::string& cursor, std::size_t end) {
  if (cursor.empty()) return std::size_t{0};
  std::size_t position = 0;
  const auto parsed = std::from_chars(cursor.data(), cursor.data() + cursor.size(), position);
  if (parsed.ec != std::errc() || parsed.ptr != cursor.data() + cursor.size() || position > end) {
    return Invalid("not a cursor of this list");
  }
  return position;
}

template <typename Page, typename Row>
Result<Page> PageAfter(const std::vector<Row>& rows, const std::string& cursor, int limit) {
  TR_ASSIGN(const std::size_t begin, ParseCursor(cursor, rows.size()));
  const std::size_t end = std::min(rows.size(), begin + static_cast<std::size_t>(std::max(limit, 0)));
  if (begin == end) return Page{{}, cursor};
  return Page{std::vector<Row>(rows.begin() + static_cast<std::ptrdiff_t>(begin),
                               rows.begin() + static_cast<std::ptrdiff_t>(end)),
              std::to_string(end)};
}

}  // namespace

Result<store::Corrections::Page> MemoryCorrections::Since(const std::string& cursor, int limit) {
  const std::lock_guard lock(data_.mutex);
  return PageAfter<Page>(data_.corrections, cursor, limit);
}

Result<std::vector<store::Correction>> MemoryCorrections::OfTicket(const std::string& ticket) {
  const std::lock_guard lock(data_.mutex);
  std::vector<store::Correction> found;
  std::ranges::copy_if(data_.corrections, std::back_inserter(found),
                       [&](const store::Correction& row) { return row.ticket == ticket; });
  return found;
}

Result<std::vector<store::AuditRow>> MemoryAudit::OfTicket(const std::string& ticket) {
  const std::lock_guard lock(data_.mutex);
  std::vector<store::AuditRow> rows;
  if (const auto places = data_.audit_of.find(ticket); places != data_.audit_of.end()) {
    for (const std::size_t place : places->second) rows.push_back(data_.audit[place]);
  }
  return rows;
}

Result<store::Audit::Page> MemoryAudit::Since(const std::string& cursor, int limit) {
  const std::lock_guard lock(data_.mutex);
  if (cursor == "now") return Page{{}, std::to_string(data_.audit.size())};
  return PageAfter<Page>(data_.audit, cursor, limit);
}

}  // namespace tr::testing
