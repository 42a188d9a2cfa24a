#pragma once
// The store's ports on DynamoDB; each is implemented in the file of its name. All thread-safe.

#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "aws/blobs.h"
#include "aws/dynamo_db.h"
#include "aws/dynamo_log.h"
#include "aws/dynamo_texts.h"
#include "base/clock.h"
#include "store/dump.h"
#include "store/ledger.h"
#include "store/usage.h"

namespace tr::aws {

// What every port is made of; all of it outlives them.
struct DynamoParts {
  DynamoDb& db;
  Blobs& blobs;
  const Tables& tables;
  Stamps& stamps;
  const Clock& clock;
};

// The tickets that these items of an index name, in their order; those that are gone are left out.
Result<std::vector<Ticket>> TicketsOf(const DynamoParts& parts, const std::vector<Item>& items);

// Items of an index whose partitions are PREFIX0, PREFIX1, …, merged in the query's order: at least `query.limit` of
// them where there are so many. `more`: later ones were not read.
struct Merged {
  std::vector<Item> items;
  bool more = false;
};
Result<Merged> QueryShards(DynamoDb& db, DynamoQuery query, std::string_view prefix);

// Before the items that name them are written. First a row among the keys says what is in the bucket, so that a
// clean-up finds what a step left there that died before it was stored. Whoever writes the items adds TakeTexts to
// them.
Result<void> PutTexts(const DynamoParts& parts, const TextBatch& texts);
// After a write that certainly did nothing.
void RemoveTexts(const DynamoParts& parts, const TextBatch& texts);
// The bucket names in such a row.
std::vector<std::string> TextsIn(const Item& item);

class DynamoLedger final : public store::Ledger {
 public:
  explicit DynamoLedger(const DynamoParts& parts) : parts_(parts) {}
  Result<void> Commit(const store::Step& step, Time now) override;
  // As store::Dump::Load.
  Result<void> Load(const store::Step& step);

 private:
  // Puts the team or channel among the names that can be listed, once a process.
  Result<void> Name(std::string_view kind, const std::string& name);
  Result<void> LoadPart(const store::Step& part);

  const DynamoParts parts_;
  std::mutex mutex_;
  std::set<std::pair<std::string_view, std::string>> named_;
};

class DynamoTickets final : public store::Tickets {
 public:
  explicit DynamoTickets(const DynamoParts& parts) : parts_(parts) {}
  Result<Ticket> Get(const std::string& id) override;
  Result<std::vector<Message>> Messages(const std::string& id) override;
  Result<store::TicketWithMessages> GetWithMessages(const std::string& id) override;
  Result<std::vector<store::ReadingRow>> Readings(const std::string& id) override;
  // Looks at no more than 2,000 tickets a page: some 75 read units.
  Result<store::TicketPage> Search(const store::TicketQuery& query) override;

 private:
  const DynamoParts parts_;
};

class DynamoLookups final : public store::Lookups {
 public:
  explicit DynamoLookups(const DynamoParts& parts) : parts_(parts) {}
  Result<std::optional<std::string>> ByKey(const std::string& key, Time now) override;
  Result<std::optional<std::string>> ByThread(const std::vector<std::string>& message_ids, Time now) override;
  // A ticket of the last second may be missing: its index lags.
  Result<std::vector<Ticket>> OfCustomer(const std::string& address, Time since, int limit) override;

 private:
  const DynamoParts parts_;
};

class DynamoQueues final : public store::Queues {
 public:
  explicit DynamoQueues(const DynamoParts& parts) : parts_(parts) {}
  Result<store::TicketPage> List(const std::string& team, const std::string& cursor, int limit) override;
  // Reads every entry: one read unit for some 40 open tickets.
  Result<std::vector<store::TeamCount>> Counts() override;
  Result<std::vector<store::UnhandledMessage>> Unhandled(Time before, int limit) override;

 private:
  const DynamoParts parts_;
};

class DynamoDeliveries final : public store::Deliveries {
 public:
  explicit DynamoDeliveries(const DynamoParts& parts) : parts_(parts) {}
  Result<std::vector<store::Delivery>> Due(Time now, int limit, const store::ServesChannel& serves) override;
  Result<std::vector<store::Delivery>> OfTicket(const std::string& ticket) override;
  Result<store::Delivery> Get(const std::string& id) override;

 private:
  Result<std::vector<std::string>> ChannelsWithTurn(Time now, const store::ServesChannel& serves);
  Result<std::vector<store::Delivery>> Load(const std::vector<Key>& keys);

  const DynamoParts parts_;
};

class DynamoCorrections final : public store::Corrections {
 public:
  explicit DynamoCorrections(const DynamoParts& parts) : parts_(parts) {}
  Result<Page> Since(const std::string& cursor, int limit) override;
  Result<std::vector<store::Correction>> OfTicket(const std::string& ticket) override;

 private:
  const DynamoParts parts_;
};

class DynamoAudit final : public store::Audit {
 public:
  explicit DynamoAudit(const DynamoParts& parts) : parts_(parts) {}
  Result<std::vector<store::AuditRow>> OfTicket(const std::string& ticket) override;
  // Rows of one process in the order in which they were stored, those of several by their clocks.
  Result<Page> Since(const std::string& cursor, int limit) override;

 private:
  Result<Page> Now();

  const DynamoParts parts_;
};

class DynamoOriginals final : public store::Originals {
 public:
  explicit DynamoOriginals(const DynamoParts& parts) : parts_(parts) {}
  Result<void> Put(const std::string& key, std::string_view bytes, Time now) override;
  Result<std::string> Get(const std::string& key) override;

 private:
  const DynamoParts parts_;
};
// The bucket's name of an original.
std::string OriginalBlob(std::string_view key);

class DynamoPeople final : public store::People {
 public:
  explicit DynamoPeople(const DynamoParts& parts) : parts_(parts) {}
  Result<void> Put(const store::Access& access) override;
  Result<std::optional<store::Access>> Find(const std::string& digest, Time now) override;
  Result<std::vector<store::Access>> List() override;
  Result<void> Remove(const std::string& digest) override;

 private:
  const DynamoParts parts_;
};

// In tr-routes, where one may be added to atomically.
class DynamoUsage final : public store::Usage {
 public:
  explicit DynamoUsage(const DynamoParts& parts) : parts_(parts) {}
  Result<store::Used> OfMonth(const std::string& month) override;
  Result<std::vector<std::string>> Months() override;
  Result<void> Add(const std::string& month, const store::Used& used,
                   std::optional<std::int64_t> limit_micros) override;

 private:
  const DynamoParts parts_;
};

class DynamoEraser final : public store::Eraser {
 public:
  explicit DynamoEraser(const DynamoParts& parts) : parts_(parts) {}
  // Not one transaction: a ticket may be larger than one. Whoever dies in it calls again.
  Result<bool> EraseExpired(const std::string& ticket, Time before, Time now) override;
  Result<void> Forget(const std::string& ticket, Time now) override;
  Result<std::vector<std::string>> Expired(Time before, int limit) override;
  // Reads the table of keys once; DynamoDB itself removes expired ones too.
  Result<void> Vacuum(Time before, Time now) override;

 private:
  Result<bool> Erase(const std::string& ticket, std::optional<Time> before, Time now);

  const DynamoParts parts_;
};

class DynamoDump final : public store::Dump {
 public:
  DynamoDump(const DynamoParts& parts, DynamoLedger& ledger) : parts_(parts), ledger_(ledger) {}
  Result<store::DumpPage<Ticket>> Tickets(const std::string& cursor, int limit) override;
  Result<store::DumpPage<store::Delivery>> Deliveries(const std::string& cursor, int limit) override;
  Result<store::DumpPage<store::KeptKey>> Keys(const std::string& cursor, int limit) override;
  // By their stamps alone, without the window: nobody writes while an installation is carried.
  Result<store::DumpPage<store::Correction>> Corrections(const std::string& cursor, int limit) override;
  Result<store::DumpPage<store::AuditRow>> Audit(const std::string& cursor, int limit) override;
  Result<bool> IsEmpty() override;
  Result<void> Load(const store::Step& step) override { return ledger_.Load(step); }
  Result<void> LoadKeys(const std::vector<store::KeptKey>& keys) override;

 private:
  const DynamoParts parts_;
  DynamoLedger& ledger_;
};

}  // namespace tr::aws
