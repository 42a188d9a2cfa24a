#pragma once
// In: everything in core. Out: the story of a ticket on one page, the worker that runs it, the sweeper. Never: a
// network, a clock of its own. Start at: Process::Work.
//
// lane → gate → queue → HERE: set aside? → read → decide → four gates → land in one commit → outbox

#include <atomic>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "handoff/plan.h"
#include "queue/queue.h"
#include "read/reader.h"
#include "rules/book.h"
#include "store/ledger.h"

namespace tr::pipeline {

struct ProcessPorts {
  store::Ledger& ledger;
  store::Tickets& tickets;
  store::Lookups& lookups;
  queue::Queue& queue;
  read::Reader& reader;    // the one that is configured
  read::Reader& embedded;  // answers when the reader does not; may be the same
  IdSource& ids;
  Clock& clock;
  Log& log;
};

struct ProcessSettings {
  handoff::Settings handoff;
  // The reader's reading costs money: it is stored before the landing, so that a crash does not pay for it twice.
  bool costly_reader = false;
  int reader_tries = 3;                                 // then the embedded reader reads
  Duration reader_patience = std::chrono::minutes(10);  // since the message came; then likewise
  Duration reader_deadline = std::chrono::seconds(20);  // of one call
  // An item that was received more often took its process with it, or the process's time: nobody settled it after its
  // last try. 0: without a limit, where items are received while there is no book to work them by.
  int most_receives = 0;
};

enum class Outcome : std::uint8_t { kDone, kAgain, kDead };

// What became of one queue item.
struct Processed {
  Outcome outcome = Outcome::kDone;
  std::string reason;                    // kAgain, kDead: the fault's text
  std::optional<Duration> retry_after;   // kAgain
  std::vector<handoff::Outgoing> begun;  // to be delivered now
  State state = State::kReceived;        // of the ticket afterwards
};

// Counts since the start, for /metrics.
struct ProcessCounts {
  std::atomic<std::int64_t> landed{0};
  std::atomic<std::int64_t> held{0};
  std::atomic<std::int64_t> set_aside{0};
  std::atomic<std::int64_t> merged{0};
  std::atomic<std::int64_t> followed_up{0};
  std::atomic<std::int64_t> again{0};
  std::atomic<std::int64_t> dead{0};
};

class Process {
 public:
  // `book` gives the book in force, or null while there is none (then every item comes again). Thread-safe.
  Process(ProcessPorts ports, ProcessSettings settings, std::function<rules::RuleBookPtr()> book);

  // Brings messages as far as they go, one step of the ledger each, and commits these together. As many answers, in the
  // leases' order. Idempotent: an item that comes twice resumes where its ticket stopped. Thread-safe.
  std::vector<Processed> Work(std::span<const queue::Lease> leases);
  Processed Work(const queue::Lease& lease) { return std::move(Work({&lease, 1}).front()); }

  bool costly_reader() const { return settings_.costly_reader; }

  const ProcessCounts& counts() const { return counts_; }

 private:
  struct Scene;    // the ticket, its messages and the book, as loaded for one try
  struct Planned;  // what one try comes to: a step to commit, and what follows from it

  Result<Planned> Plan(const queue::Lease& lease);
  std::vector<Result<Processed>> CommitAll(std::vector<Result<Planned>>& plans);
  Result<Processed> Finish(Planned& planned);
  bool NeverCameToAnEnd(const queue::Lease& lease) const;
  Processed Settle(const queue::Lease& lease, Result<Processed> done);
  Result<void> MarkDead(const queue::Lease& lease, const Fault& fault);
  Result<Planned> Follow(Scene& scene);
  Result<Scene> Load(const queue::Lease& lease);
  Result<Planned> First(Scene& scene);
  Result<Planned> Later(Scene& scene);
  Result<Planned> TeamAnswer(Scene& scene);
  Result<Planned> Forward(Scene& scene);
  Result<std::optional<Ticket>> FindHeir(const Scene& scene);
  Result<std::optional<Ticket>> NearestPart(const Ticket& whole, const std::string& new_text);
  Planned MarkHandled(Scene& scene, const std::string& kind);
  Planned SetAside(Scene& scene, const std::string& why);
  Planned MoveToNewTicket(Scene& scene, const Reading& reading);
  Planned Land(const Scene& scene, handoff::Landing landing);
  Result<std::optional<std::string>> WhyNoTicket(const Scene& scene);
  Result<std::optional<Reading>> ReadFirst(Scene& scene);
  Result<Reading> Keep(Scene& scene, Reading reading);
  Result<std::optional<Reading>> ReadWith(read::Reader& reader, const Scene& scene, const std::string& text);
  Result<std::vector<handoff::Recent>> FindRecent(const Scene& scene, const std::string& topic);

  ProcessPorts ports_;
  ProcessSettings settings_;
  std::function<rules::RuleBookPtr()> book_;
  ProcessCounts counts_;
};

}  // namespace tr::pipeline
