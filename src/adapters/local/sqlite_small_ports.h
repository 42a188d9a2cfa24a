#pragma once
// The small ports on SQLite that both read and write; each is implemented in the file of its name. All thread-safe.

#include <string>
#include <utility>
#include <vector>

#include "local/sqlite_ledger.h"
#include "local/sqlite_readers.h"
#include "local/sqlite_recent.h"
#include "local/sqlite_writer.h"
#include "rules/shelf.h"
#include "store/dump.h"
#include "store/ledger.h"
#include "store/usage.h"

namespace tr::local {

class SqliteOriginals final : public store::Originals {
 public:
  SqliteOriginals(Writer& writer, ReadPool& readers) : writer_(writer), readers_(readers) {}
  Result<void> Put(const std::string& key, std::string_view bytes, Time now) override;
  Result<std::string> Get(const std::string& key) override;

 private:
  Writer& writer_;
  ReadPool& readers_;
};

class SqlitePeople final : public store::People {
 public:
  SqlitePeople(Writer& writer, ReadPool& readers) : writer_(writer), readers_(readers) {}
  Result<void> Put(const store::Access& access) override;
  Result<std::optional<store::Access>> Find(const std::string& digest, Time now) override;
  Result<std::vector<store::Access>> List() override;
  Result<void> Remove(const std::string& digest) override;

 private:
  Writer& writer_;
  ReadPool& readers_;
};

class SqliteEraser final : public store::Eraser {
 public:
  SqliteEraser(Writer& writer, ReadPool& readers, RecentTickets& recent, std::string path)
      : writer_(writer), readers_(readers), recent_(recent), path_(std::move(path)) {}
  Result<bool> EraseExpired(const std::string& ticket, Time before, Time now) override;
  Result<void> Forget(const std::string& ticket, Time now) override;
  Result<std::vector<std::string>> Expired(Time before, int limit) override;
  // Erased bytes stay in the file's free pages and in the log until this has run. It then rewrites the whole file
  // (some 100 MiB a second), while nothing else can be written; when nothing was erased it does not.
  Result<void> Vacuum(Time before, Time now) override;

 private:
  Writer& writer_;
  ReadPool& readers_;
  RecentTickets& recent_;
  const std::string path_;
};

class SqliteUsage final : public store::Usage {
 public:
  SqliteUsage(Writer& writer, ReadPool& readers) : writer_(writer), readers_(readers) {}
  Result<store::Used> OfMonth(const std::string& month) override;
  Result<std::vector<std::string>> Months() override;
  Result<void> Add(const std::string& month, const store::Used& used,
                   std::optional<std::int64_t> limit_micros) override;

 private:
  Writer& writer_;
  ReadPool& readers_;
};

class SqliteDump final : public store::Dump {
 public:
  SqliteDump(Writer& writer, ReadPool& readers, SqliteLedger& ledger, store::Corrections& corrections,
             store::Audit& audit)
      : writer_(writer), readers_(readers), ledger_(ledger), corrections_(corrections), audit_(audit) {}
  Result<store::DumpPage<Ticket>> Tickets(const std::string& cursor, int limit) override;
  Result<store::DumpPage<store::Delivery>> Deliveries(const std::string& cursor, int limit) override;
  Result<store::DumpPage<store::KeptKey>> Keys(const std::string& cursor, int limit) override;
  Result<store::DumpPage<store::Correction>> Corrections(const std::string& cursor, int limit) override {
    return store::PageOfLog(corrections_, cursor, limit);
  }
  Result<store::DumpPage<store::AuditRow>> Audit(const std::string& cursor, int limit) override {
    return store::PageOfLog(audit_, cursor, limit);
  }
  Result<bool> IsEmpty() override;
  Result<void> Load(const store::Step& step) override { return ledger_.Load(step); }
  Result<void> LoadKeys(const std::vector<store::KeptKey>& keys) override;

 private:
  Writer& writer_;
  ReadPool& readers_;
  SqliteLedger& ledger_;
  store::Corrections& corrections_;
  store::Audit& audit_;
};

class SqliteRuleShelf final : public rules::RuleShelf {
 public:
  SqliteRuleShelf(Writer& writer, ReadPool& readers) : writer_(writer), readers_(readers) {}
  Result<int> Keep(const rules::RuleFiles& files, int expected, const std::string& who, const std::string& difference,
                   Time now) override;
  Result<std::vector<rules::Version>> History() override;
  Result<std::pair<rules::Version, rules::RuleFiles>> Get(int number) override;
  Result<std::string> AnnouncedTrouble() override;
  Result<void> SetAnnouncedTrouble(const std::string& digest) override;

 private:
  Writer& writer_;
  ReadPool& readers_;
};

}  // namespace tr::local
