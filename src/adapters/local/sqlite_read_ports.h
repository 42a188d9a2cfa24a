#pragma once
// The read ports on SQLite; each is implemented in the file of its name. All thread-safe.

#include <string>
#include <vector>

#include "local/sqlite_readers.h"
#include "local/sqlite_recent.h"
#include "store/ledger.h"

namespace tr::local {

class SqliteTickets final : public store::Tickets {
 public:
  SqliteTickets(ReadPool& readers, RecentTickets& recent) : readers_(readers), recent_(recent) {}
  Result<Ticket> Get(const std::string& id) override;
  Result<std::vector<Message>> Messages(const std::string& id) override;
  Result<store::TicketWithMessages> GetWithMessages(const std::string& id) override;
  Result<std::vector<store::ReadingRow>> Readings(const std::string& id) override;
  Result<store::TicketPage> Search(const store::TicketQuery& query) override;

 private:
  ReadPool& readers_;
  RecentTickets& recent_;
};

class SqliteLookups final : public store::Lookups {
 public:
  explicit SqliteLookups(ReadPool& readers) : readers_(readers) {}
  Result<std::optional<std::string>> ByKey(const std::string& key, Time now) override;
  Result<std::optional<std::string>> ByThread(const std::vector<std::string>& message_ids, Time now) override;
  Result<std::vector<Ticket>> OfCustomer(const std::string& address, Time since, int limit) override;

 private:
  ReadPool& readers_;
};

class SqliteQueues final : public store::Queues {
 public:
  explicit SqliteQueues(ReadPool& readers) : readers_(readers) {}
  Result<store::TicketPage> List(const std::string& team, const std::string& cursor, int limit) override;
  Result<std::vector<store::TeamCount>> Counts() override;
  Result<std::vector<store::UnhandledMessage>> Unhandled(Time before, int limit) override;

 private:
  ReadPool& readers_;
};

class SqliteDeliveries final : public store::Deliveries {
 public:
  explicit SqliteDeliveries(ReadPool& readers) : readers_(readers) {}
  Result<std::vector<store::Delivery>> Due(Time now, int limit, const store::ServesChannel& serves) override;
  Result<std::vector<store::Delivery>> OfTicket(const std::string& ticket) override;
  Result<store::Delivery> Get(const std::string& id) override;

 private:
  ReadPool& readers_;
};

class SqliteCorrections final : public store::Corrections {
 public:
  explicit SqliteCorrections(ReadPool& readers) : readers_(readers) {}
  Result<Page> Since(const std::string& cursor, int limit) override;
  Result<std::vector<store::Correction>> OfTicket(const std::string& ticket) override;

 private:
  ReadPool& readers_;
};

class SqliteAudit final : public store::Audit {
 public:
  explicit SqliteAudit(ReadPool& readers) : readers_(readers) {}
  Result<std::vector<store::AuditRow>> OfTicket(const std::string& ticket) override;
  Result<Page> Since(const std::string& cursor, int limit) override;

 private:
  ReadPool& readers_;
};

}  // namespace tr::local
