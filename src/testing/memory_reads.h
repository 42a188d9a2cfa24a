#pragma once
// The read ports of tickets, queues and the outbox, in memory.

#include "store/key_hash.h"
#include "testing/memory_data.h"

namespace tr::testing {

class MemoryTickets : public store::Tickets {
 public:
  explicit MemoryTickets(MemoryData& data) : data_(data) {}
  Result<Ticket> Get(const std::string& id) override;
  Result<std::vector<Message>> Messages(const std::string& id) override;
  Result<store::TicketWithMessages> GetWithMessages(const std::string& id) override;
  Result<std::vector<store::ReadingRow>> Readings(const std::string& id) override;
  Result<store::TicketPage> Search(const store::TicketQuery& query) override;

 private:
  MemoryData& data_;
};

class MemoryLookups : public store::Lookups {
 public:
  explicit MemoryLookups(MemoryData& data) : data_(data) {}
  Result<std::optional<std::string>> ByKey(const std::string& key, Time now) override;
  Result<std::optional<std::string>> ByThread(const std::vector<std::string>& message_ids, Time now) override;
  Result<std::vector<Ticket>> OfCustomer(const std::string& address, Time since, int limit) override;

 private:
  std::optional<std::string> Find(const store::KeyHash& hash, Time now) const;

  MemoryData& data_;
};

class MemoryQueues : public store::Queues {
 public:
  explicit MemoryQueues(MemoryData& data) : data_(data) {}
  Result<store::TicketPage> List(const std::string& team, const std::string& cursor, int limit) override;
  Result<std::vector<store::TeamCount>> Counts() override;
  Result<std::vector<store::UnhandledMessage>> Unhandled(Time before, int limit) override;

 private:
  MemoryData& data_;
};

class MemoryDeliveries : public store::Deliveries {
 public:
  explicit MemoryDeliveries(MemoryData& data) : data_(data) {}
  Result<std::vector<store::Delivery>> Due(Time now, int limit, const store::ServesChannel& serves) override;
  Result<std::vector<store::Delivery>> OfTicket(const std::string& ticket) override;
  Result<store::Delivery> Get(const std::string& id) override;

 private:
  MemoryData& data_;
};

}  // namespace tr::testing
