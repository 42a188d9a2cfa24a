#pragma once
// What an installation stands on: one adapter behind each port, named by a wiring file; app.cc makes the rest of it.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/redact.h"
#include "base/result.h"
#include "channels/mailer.h"
#include "queue/queue.h"
#include "rules/shelf.h"
#include "store/dump.h"
#include "store/ledger.h"
#include "store/usage.h"
#include "wiring/config.h"
#include "wiring/rules_place.h"

namespace tr::wiring {

// Everything that the API, the server and the command line work with, whatever stands behind the ports.
struct Ports {
  store::Ledger& ledger;
  store::Tickets& tickets;
  store::Lookups& lookups;
  store::Queues& queues;
  store::Deliveries& deliveries;
  store::Corrections& corrections;
  store::Audit& audit;
  store::Originals& originals;
  store::People& people;
  store::Eraser& eraser;
  store::Dump& dump;
  rules::RuleShelf& shelf;
  queue::Queue& queue;
  queue::DeadLetters& dead_letters;
  rules::RuleSource& source;
  IdSource& ids;
  Clock& clock;
  Log& log;
  store::Usage& usage;
};

// The world that an App stands in; all of it outlives the App.
struct World {
  Clock& clock;
  IdSource& ids;
  Log& log;
  std::function<double()> chance;  // 0 to 1, thread-safe
};

// What a process needs of an App: a pipe that hands one mail in starts no threads and trains no reader; nor does who
// carries a whole installation, which nobody would begin again for one call that was refused. An exporter sees the
// embedded store as it was at one moment.
enum class Role : std::uint8_t { kServe, kTool, kExporter, kImporter };

class Adapters {
 public:
  virtual ~Adapters() = default;
  virtual Ports& ports() = 0;
  virtual RulesPlace& rules_place() = 0;
  // Null: no mail leaves this installation.
  virtual channels::MailTransport* mail() = 0;
  virtual const Secret& form_key() const = 0;
  virtual const Secret& link_key() const = 0;
  // For /metrics: names and values.
  virtual std::vector<std::pair<std::string, double>> Figures() const = 0;
};

// wire_local.cc: SQLite, files and SMTP. Faults as SqliteStore::Open, RulesPlace::InDrive and KeepSecret.
Result<std::unique_ptr<Adapters>> LocalAdapters(const Config& config, const World& world, Role role);

// wire_aws.cc: DynamoDB, S3, SQS and SES. One call: the secret, of which everything that is a secret is put into the
// settings. kInvalid: no region, or a setting that does not fit; kNotFound: a member that the secret must have.
Result<std::unique_ptr<Adapters>> AwsAdapters(Config& config, const World& world, Role role);

}  // namespace tr::wiring
