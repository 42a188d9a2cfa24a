#include "local/sqlite_small_ports.h"

namespace tr::local {
namespace {

const SqlText kHas("SELECT 1 FROM tr_originals WHERE key = ?");
const SqlText kPutBytes("INSERT INTO tr_blobs(bytes) VALUES(?)");
const SqlText kPut("INSERT INTO tr_originals(key, blob, at) VALUES(?, ?, ?)");
const SqlText kGet("SELECT b.bytes FROM tr_originals o JOIN tr_blobs b ON b.id = o.blob WHERE o.key = ?");

}  // namespace

Result<void> SqliteOriginals::Put(const std::string& key, std::string_view bytes, Time now) {
  auto work = [&](Session& session) -> Result<void> {
    Database& database = session.database();
    Query has(database, kHas);
    TR_ASSIGN(const bool found, has.Bind(key).Next());
    if (found) return Ok();
    TR_TRY(Query(database, kPutBytes).BindBlob(bytes).Run());
    return Query(database, kPut).Bind(key).Bind(database.last_row()).Bind(now).Run();
  };
  return writer_.Submit(work);
}

Result<std::string> SqliteOriginals::Get(const std::string& key) {
  TR_READ(database);
  Query query(database, kGet);
  TR_ASSIGN(const bool found, query.Bind(key).Next());
  if (!found) return NotFound("no such original, or its text was removed");
  return query.Text(0);
}

}  // namespace tr::local
