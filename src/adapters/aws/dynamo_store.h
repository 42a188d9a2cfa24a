#pragma once
// Every port of the store on DynamoDB and a bucket. Start at: docs/dynamodb.md, then dynamo_step.h (the one write).

#include <string>

#include "aws/dynamo_ports.h"

namespace tr::aws {

class DynamoStore {
 public:
  // All of it outlives the store. `clock` tells the moment of storing; it must be a real one where other processes
  // write the same tables.
  DynamoStore(AwsClient& client, Blobs& blobs, const Clock& clock, const std::string& prefix = "tr-")
      : tables_(prefix), db_(client), stamps_(clock), parts_{db_, blobs, tables_, stamps_, clock} {}

  DynamoDb& db() { return db_; }
  const Tables& tables() const { return tables_; }
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
  store::Dump& dump() { return dump_; }
  store::Usage& usage() { return usage_; }

 private:
  const Tables tables_;
  DynamoDb db_;
  Stamps stamps_;
  const DynamoParts parts_;
  DynamoLedger ledger_{parts_};
  DynamoTickets tickets_{parts_};
  DynamoLookups lookups_{parts_};
  DynamoQueues queues_{parts_};
  DynamoDeliveries deliveries_{parts_};
  DynamoCorrections corrections_{parts_};
  DynamoAudit audit_{parts_};
  DynamoOriginals originals_{parts_};
  DynamoPeople people_{parts_};
  DynamoEraser eraser_{parts_};
  DynamoDump dump_{parts_, ledger_};
  DynamoUsage usage_{parts_};
};

}  // namespace tr::aws
