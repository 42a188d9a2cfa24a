#pragma once
// Every store port, failing by a plan. Each decorator needs the port and the plan to outlive it.

#include <optional>
#include <string>
#include <vector>

#include "store/ledger.h"
#include "testing/fault_plan.h"

namespace tr::testing {

class FaultyLedger : public store::Ledger {
 public:
  FaultyLedger(store::Ledger& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<void> Commit(const store::Step& step, Time now) override {
    return plan_.Through("Ledger.Commit", [&] { return inner_.Commit(step, now); });
  }

 private:
  store::Ledger& inner_;
  FaultPlan& plan_;
};

class FaultyTickets : public store::Tickets {
 public:
  FaultyTickets(store::Tickets& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<Ticket> Get(const std::string& id) override {
    return plan_.Through("Tickets.Get", [&] { return inner_.Get(id); });
  }
  Result<std::vector<Message>> Messages(const std::string& id) override {
    return plan_.Through("Tickets.Messages", [&] { return inner_.Messages(id); });
  }
  Result<store::TicketWithMessages> GetWithMessages(const std::string& id) override {
    return plan_.Through("Tickets.GetWithMessages", [&] { return inner_.GetWithMessages(id); });
  }
  Result<std::vector<store::ReadingRow>> Readings(const std::string& id) override {
    return plan_.Through("Tickets.Readings", [&] { return inner_.Readings(id); });
  }
  Result<store::TicketPage> Search(const store::TicketQuery& query) override {
    return plan_.Through("Tickets.Search", [&] { return inner_.Search(query); });
  }

 private:
  store::Tickets& inner_;
  FaultPlan& plan_;
};

class FaultyLookups : public store::Lookups {
 public:
  FaultyLookups(store::Lookups& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<std::optional<std::string>> ByKey(const std::string& key, Time now) override {
    return plan_.Through("Lookups.ByKey", [&] { return inner_.ByKey(key, now); });
  }
  Result<std::optional<std::string>> ByThread(const std::vector<std::string>& message_ids, Time now) override {
    return plan_.Through("Lookups.ByThread", [&] { return inner_.ByThread(message_ids, now); });
  }
  Result<std::vector<Ticket>> OfCustomer(const std::string& address, Time since, int limit) override {
    return plan_.Through("Lookups.OfCustomer", [&] { return inner_.OfCustomer(address, since, limit); });
  }

 private:
  store::Lookups& inner_;
  FaultPlan& plan_;
};

class FaultyQueues : public store::Queues {
 public:
  FaultyQueues(store::Queues& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<store::TicketPage> List(const std::string& team, const std::string& cursor, int limit) override {
    return plan_.Through("Queues.List", [&] { return inner_.List(team, cursor, limit); });
  }
  Result<std::vector<store::TeamCount>> Counts() override {
    return plan_.Through("Queues.Counts", [&] { return inner_.Counts(); });
  }
  Result<std::vector<store::UnhandledMessage>> Unhandled(Time before, int limit) override {
    return plan_.Through("Queues.Unhandled", [&] { return inner_.Unhandled(before, limit); });
  }

 private:
  store::Queues& inner_;
  FaultPlan& plan_;
};

class FaultyDeliveries : public store::Deliveries {
 public:
  FaultyDeliveries(store::Deliveries& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<std::vector<store::Delivery>> Due(Time now, int limit, const store::ServesChannel& serves) override {
    return plan_.Through("Deliveries.Due", [&] { return inner_.Due(now, limit, serves); });
  }
  Result<std::vector<store::Delivery>> OfTicket(const std::string& ticket) override {
    return plan_.Through("Deliveries.OfTicket", [&] { return inner_.OfTicket(ticket); });
  }
  Result<store::Delivery> Get(const std::string& id) override {
    return plan_.Through("Deliveries.Get", [&] { return inner_.Get(id); });
  }

 private:
  store::Deliveries& inner_;
  FaultPlan& plan_;
};

class FaultyCorrections : public store::Corrections {
 public:
  FaultyCorrections(store::Corrections& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<Page> Since(const std::string& cursor, int limit) override {
    return plan_.Through("Corrections.Since", [&] { return inner_.Since(cursor, limit); });
  }
  Result<std::vector<store::Correction>> OfTicket(const std::string& ticket) override {
    return plan_.Through("Corrections.OfTicket", [&] { return inner_.OfTicket(ticket); });
  }

 private:
  store::Corrections& inner_;
  FaultPlan& plan_;
};

class FaultyAudit : public store::Audit {
 public:
  FaultyAudit(store::Audit& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<std::vector<store::AuditRow>> OfTicket(const std::string& ticket) override {
    return plan_.Through("Audit.OfTicket", [&] { return inner_.OfTicket(ticket); });
  }
  Result<Page> Since(const std::string& cursor, int limit) override {
    return plan_.Through("Audit.Since", [&] { return inner_.Since(cursor, limit); });
  }

 private:
  store::Audit& inner_;
  FaultPlan& plan_;
};

class FaultyOriginals : public store::Originals {
 public:
  FaultyOriginals(store::Originals& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<void> Put(const std::string& key, std::string_view bytes, Time now) override {
    return plan_.Through("Originals.Put", [&] { return inner_.Put(key, bytes, now); });
  }
  Result<std::string> Get(const std::string& key) override {
    return plan_.Through("Originals.Get", [&] { return inner_.Get(key); });
  }

 private:
  store::Originals& inner_;
  FaultPlan& plan_;
};

class FaultyPeople : public store::People {
 public:
  FaultyPeople(store::People& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<void> Put(const store::Access& access) override {
    return plan_.Through("People.Put", [&] { return inner_.Put(access); });
  }
  Result<std::optional<store::Access>> Find(const std::string& digest, Time now) override {
    return plan_.Through("People.Find", [&] { return inner_.Find(digest, now); });
  }
  Result<std::vector<store::Access>> List() override {
    return plan_.Through("People.List", [&] { return inner_.List(); });
  }
  Result<void> Remove(const std::string& digest) override {
    return plan_.Through("People.Remove", [&] { return inner_.Remove(digest); });
  }

 private:
  store::People& inner_;
  FaultPlan& plan_;
};

class FaultyEraser : public store::Eraser {
 public:
  FaultyEraser(store::Eraser& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<bool> EraseExpired(const std::string& ticket, Time before, Time now) override {
    return plan_.Through("Eraser.EraseExpired", [&] { return inner_.EraseExpired(ticket, before, now); });
  }
  Result<void> Forget(const std::string& ticket, Time now) override {
    return plan_.Through("Eraser.Forget", [&] { return inner_.Forget(ticket, now); });
  }
  Result<std::vector<std::string>> Expired(Time before, int limit) override {
    return plan_.Through("Eraser.Expired", [&] { return inner_.Expired(before, limit); });
  }
  Result<void> Vacuum(Time before, Time now) override {
    return plan_.Through("Eraser.Vacuum", [&] { return inner_.Vacuum(before, now); });
  }

 private:
  store::Eraser& inner_;
  FaultPlan& plan_;
};

// All of them around a store that has accessors of these names (MemoryStore, an adapter's store).
class FaultyStore {
 public:
  template <typename Store>
  FaultyStore(Store& inner, FaultPlan& plan)
      : ledger_(inner.ledger(), plan),
        tickets_(inner.tickets(), plan),
        lookups_(inner.lookups(), plan),
        queues_(inner.queues(), plan),
        deliveries_(inner.deliveries(), plan),
        corrections_(inner.corrections(), plan),
        audit_(inner.audit(), plan),
        originals_(inner.originals(), plan),
        people_(inner.people(), plan),
        eraser_(inner.eraser(), plan) {}

  store::Ledger& ledger() { return ledger_; }
  store::Tickets& tickets() { return tickets_; }
  store::Lookups& lookups() { return lookups_; }
  store::Queues& queues() { return queues_; }
  store::Deliveries& deliveries() { return deliveries_; }
  store::Corrections& corrections() { return corrections_; }
  store::Audit& audit() { return audit_; }
  store::Originals& originals() { return originals_; }
  store::People& people() { return people_; }
  store::Eraser& eraser() { return eraser_; }

 private:
  FaultyLedger ledger_;
  FaultyTickets tickets_;
  FaultyLookups lookups_;
  FaultyQueues queues_;
  FaultyDeliveries deliveries_;
  FaultyCorrections corrections_;
  FaultyAudit audit_;
  FaultyOriginals originals_;
  FaultyPeople people_;
  FaultyEraser eraser_;
};

}  // namespace tr::testing
