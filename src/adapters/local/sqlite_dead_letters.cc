#include <charconv>

#include "local/sqlite_queue.h"

namespace tr::local {
namespace {

const SqlText kList("SELECT id, ticket, message, reason, attempts, buried_at FROM tr_dead ORDER BY id LIMIT ?");
const SqlText kRedrive(
    "INSERT OR IGNORE INTO tr_queue(visible_at, ticket, message, attempts, sent_at) "
    "SELECT ?1, ticket, message, 0, ?1 FROM tr_dead WHERE id = ?2");
const SqlText kForget("DELETE FROM tr_dead WHERE id = ?");

}  // namespace

Result<std::vector<queue::DeadLetter>> SqliteDeadLetters::List(int limit) {
  TR_READ(database);
  Query query(database, kList);
  query.Bind(limit);
  std::vector<queue::DeadLetter> letters;
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return letters;
    queue::DeadLetter letter;
    letter.id = std::to_string(query.Int(0));
    letter.item = {query.Text(1), static_cast<int>(query.Int(2))};
    letter.reason = query.Text(3);
    letter.attempts = static_cast<int>(query.Int(4));
    letter.buried_at = query.At(5);
    letters.push_back(std::move(letter));
  }
}

Result<void> SqliteDeadLetters::Redrive(const std::string& id) {
  std::int64_t row = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), row);
  if (error != std::errc() || end != id.data() + id.size()) return NotFound("no such dead letter");
  const Time now = clock_.Now();
  auto work = [&](Session& session) -> Result<void> {
    TR_TRY(Query(session.database(), kRedrive).Bind(now).Bind(row).Run());
    TR_TRY(Query(session.database(), kForget).Bind(row).Run());
    if (session.database().changes() == 0) return NotFound("no such dead letter");
    return Ok();
  };
  TR_TRY(writer_.Submit(work));
  bell_.Ring();
  return Ok();
}

}  // namespace tr::local
