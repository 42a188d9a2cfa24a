#include "local/sqlite_small_ports.h"

namespace tr::local {
namespace {

const SqlText kNewest("SELECT coalesce(max(number), 0) FROM tr_rules");
const SqlText kKeep(
    "INSERT INTO tr_rules(number, at, who, difference, topics, teams, rules, tests) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
const SqlText kHistory("SELECT number, at, who, difference FROM tr_rules ORDER BY number DESC");
// 0: the newest.
const SqlText kGet(
    "SELECT number, at, who, difference, topics, teams, rules, tests FROM tr_rules "
    "WHERE number = ?1 OR ?1 = 0 ORDER BY number DESC LIMIT 1");
const SqlText kTrouble("SELECT value FROM tr_notes WHERE name = 'announced_trouble'");
const SqlText kSetTrouble("REPLACE INTO tr_notes(name, value) VALUES('announced_trouble', ?)");

Result<int> Newest(Database& database) {
  Query query(database, kNewest);
  TR_ASSIGN(const bool found, query.Next());
  return found ? static_cast<int>(query.Int(0)) : 0;
}

rules::Version ReadVersion(const Query& query) {
  return {static_cast<int>(query.Int(0)), query.At(1), query.Text(2), query.Text(3)};
}

}  // namespace

Result<int> SqliteRuleShelf::Keep(const rules::RuleFiles& files, int expected, const std::string& who,
                                  const std::string& difference, Time now) {
  auto work = [&](Session& session) -> Result<void> {
    Database& database = session.database();
    TR_ASSIGN(const int newest, Newest(database));
    if (newest != expected) return Conflict("the rules have changed meanwhile: reload them");
    Query query(database, kKeep);
    query.Bind(expected + 1).Bind(now).Bind(who).Bind(difference).Bind(files.topics).Bind(files.teams);
    query.Bind(files.rules);
    files.tests ? query.Bind(*files.tests) : query.BindNull();
    return query.Run();
  };
  TR_TRY(writer_.Submit(work));
  return expected + 1;
}

Result<std::vector<rules::Version>> SqliteRuleShelf::History() {
  TR_READ(database);
  Query query(database, kHistory);
  std::vector<rules::Version> versions;
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return versions;
    versions.push_back(ReadVersion(query));
  }
}

Result<std::pair<rules::Version, rules::RuleFiles>> SqliteRuleShelf::Get(int number) {
  TR_READ(database);
  Query query(database, kGet);
  TR_ASSIGN(const bool found, query.Bind(number).Next());
  if (!found) return NotFound(number == 0 ? "no rules were ever in force" : "no such version of the rules");
  rules::RuleFiles files{query.Text(4), query.Text(5), query.Text(6), std::nullopt};
  if (!query.IsNull(7)) files.tests = query.Text(7);
  return std::pair(ReadVersion(query), std::move(files));
}

Result<std::string> SqliteRuleShelf::AnnouncedTrouble() {
  TR_READ(database);
  Query query(database, kTrouble);
  TR_ASSIGN(const bool found, query.Next());
  return found ? query.Text(0) : std::string();
}

Result<void> SqliteRuleShelf::SetAnnouncedTrouble(const std::string& digest) {
  auto work = [&](Session& session) { return Query(session.database(), kSetTrouble).Bind(digest).Run(); };
  return writer_.Submit(work);
}

}  // namespace tr::local
