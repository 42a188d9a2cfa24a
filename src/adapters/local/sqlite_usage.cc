#include "local/sqlite_small_ports.h"

namespace tr::local {
namespace {

using store::Used;

const SqlText kOfMonth("SELECT calls, input_tokens, output_tokens, cost_micros FROM tr_usage WHERE month = ?");
const SqlText kMonths("SELECT month FROM tr_usage ORDER BY month");
const SqlText kPut(
    "REPLACE INTO tr_usage(month, calls, input_tokens, output_tokens, cost_micros) VALUES(?, ?, ?, ?, ?)");

Result<Used> ReadMonth(Database& database, const std::string& month) {
  Query query(database, kOfMonth);
  TR_ASSIGN(const bool found, query.Bind(month).Next());
  return found ? Used{query.Int(0), query.Int(1), query.Int(2), query.Int(3)} : Used{};
}

}  // namespace

Result<Used> SqliteUsage::OfMonth(const std::string& month) {
  TR_READ(database);
  return ReadMonth(database, month);
}

Result<std::vector<std::string>> SqliteUsage::Months() {
  TR_READ(database);
  Query query(database, kMonths);
  std::vector<std::string> months;
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return months;
    months.emplace_back(query.View(0));
  }
}

Result<void> SqliteUsage::Add(const std::string& month, const Used& used, std::optional<std::int64_t> limit_micros) {
  auto work = [&](Session& session) -> Result<void> {
    TR_ASSIGN(Used sum, ReadMonth(session.database(), month));
    sum.calls += used.calls;
    sum.input_tokens += used.input_tokens;
    sum.output_tokens += used.output_tokens;
    sum.cost_micros += used.cost_micros;
    if (limit_micros && sum.cost_micros > *limit_micros) return Conflict("the month's budget would be exceeded");
    Query query(session.database(), kPut);
    query.Bind(month).Bind(sum.calls).Bind(sum.input_tokens).Bind(sum.output_tokens).Bind(sum.cost_micros);
    return query.Run();
  };
  return writer_.Submit(work);
}

}  // namespace tr::local
