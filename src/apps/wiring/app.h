#pragma once
// In: every port. Out: App, one installation put together: the store, the rules in force, the gate, the reader, the
// pipeline, the outbox and the corrections. Never: a thread, a socket. Start at: App::Open in wire_local.cc.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/result.h"
#include "channels/slack_workspace.h"
#include "correct/command.h"
#include "handoff/outbox.h"
#include "intake/accept.h"
#include "intake/mail_lane.h"
#include "pipeline/process.h"
#include "pipeline/sweep.h"
#include "queue/queue.h"
#include "read/reader.h"
#include "rules/shelf.h"
#include "rules/sync.h"
#include "store/dump.h"
#include "store/ledger.h"
#include "store/usage.h"
#include "wiring/config.h"

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

// What a process needs of an App: a pipe that hands one mail in starts no threads and trains no reader.
enum class Role : std::uint8_t { kServe, kTool };

class App {
 public:
  virtual ~App() = default;

  // The embedded system on config.data_dir. Faults as SqliteStore::Open. Reads no rules yet.
  static Result<std::unique_ptr<App>> Open(const Config& config, const World& world, Role role);

  virtual const Config& config() const = 0;
  virtual Ports& ports() = 0;
  virtual rules::Sync& rules() = 0;
  virtual intake::Gate& gate() = 0;
  virtual intake::MailSettings& mail_settings() = 0;
  virtual read::Reader& reader() = 0;
  virtual read::Reader& fallback_reader() = 0;  // the embedded one, which reads where the other does not
  virtual pipeline::Process& process() = 0;
  virtual handoff::Outbox& outbox() = 0;
  virtual correct::Correct& correct() = 0;
  virtual const handoff::Settings& handoff_settings() = 0;
  virtual pipeline::SweepPorts sweep_ports() = 0;
  virtual pipeline::SweepSettings sweep_settings() const = 0;

  // Puts a book in force: what the folder has, or the last good one where that is broken. The report says which.
  // kInvalid: the folder's book is broken and there never was a good one; the text is the first problem.
  virtual Result<rules::SyncReport> LoadRules() = 0;

  // Trains the embedded reader for the book in force, so that the next ticket need not wait.
  virtual void PrepareReader() = 0;

  // Whether the rules folder looks different from the last time that this was asked. Cheap; asked twice a second.
  virtual bool RulesMayHaveChanged() = 0;

  // Rewrites the rules folder's files, all of them or none. kTransient, kPermanent: as the folder's file system says.
  virtual Result<void> WriteRules(const rules::RuleFiles& files) = 0;

  // The key that form tokens are signed with: DATA/form.key, made at the first start.
  virtual const Secret& form_key() const = 0;

  // The key that the links and the Message-IDs of e-mail cards are signed with: DATA/link.key, made at the first start.
  virtual const Secret& link_key() const = 0;

  // The workspace that teams read in; null where none is set up.
  virtual channels::SlackWorkspace* slack() { return nullptr; }

  // What the store has to say to /metrics: names and values.
  virtual std::vector<std::pair<std::string, double>> StoreFigures() const = 0;

  // Hands deliveries to whoever delivers: at once in tools, by a thread of `serve` (which sets it).
  virtual void SetDeliver(std::function<void(std::vector<handoff::Outgoing>)> deliver) = 0;
  virtual void Deliver(std::vector<handoff::Outgoing> begun) = 0;
};

}  // namespace tr::wiring
