#include "local/sqlite_small_ports.h"

namespace tr::local {
namespace {

using store::Access;

const SqlText kPut(
    "REPLACE INTO tr_people(digest, person, role, label, created_at, expires_at) VALUES(?, ?, ?, ?, ?, ?)");
const SqlText kFind(
    "SELECT digest, person, role, label, created_at, expires_at FROM tr_people "
    "WHERE digest = ? AND (expires_at IS NULL OR expires_at > ?)");
const SqlText kList(
    "SELECT digest, person, role, label, created_at, expires_at FROM tr_people ORDER BY created_at, digest");
const SqlText kRemove("DELETE FROM tr_people WHERE digest = ?");

Access ReadAccess(const Query& query) {
  Access access{query.Text(0), query.Text(1), query.Text(2), query.Text(3), query.At(4), std::nullopt};
  if (!query.IsNull(5)) access.expires_at = query.At(5);
  return access;
}

}  // namespace

Result<void> SqlitePeople::Put(const Access& access) {
  auto work = [&](Session& session) -> Result<void> {
    Query query(session.database(), kPut);
    query.Bind(access.digest).Bind(access.person).Bind(access.role).Bind(access.label).Bind(access.created_at);
    access.expires_at ? query.Bind(*access.expires_at) : query.BindNull();
    return query.Run();
  };
  return writer_.Submit(work);
}

Result<std::optional<Access>> SqlitePeople::Find(const std::string& digest, Time now) {
  TR_READ(database);
  Query query(database, kFind);
  TR_ASSIGN(const bool found, query.Bind(digest).Bind(now).Next());
  if (!found) return std::optional<Access>();
  return std::optional<Access>(ReadAccess(query));
}

Result<std::vector<Access>> SqlitePeople::List() {
  TR_READ(database);
  Query query(database, kList);
  std::vector<Access> rows;
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return rows;
    rows.push_back(ReadAccess(query));
  }
}

Result<void> SqlitePeople::Remove(const std::string& digest) {
  auto work = [&](Session& session) { return Query(session.database(), kRemove).Bind(digest).Run(); };
  return writer_.Submit(work);
}

}  // namespace tr::local
