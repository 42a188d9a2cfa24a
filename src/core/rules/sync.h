#pragma once
// Keeps the book in force: a good edit becomes the next version, a bad one changes nothing. Returns a report; who is
// told is the app's business, that it is told Sync's.

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "rules/book.h"
#include "rules/parse.h"
#include "rules/shelf.h"
#include "rules/told.h"

namespace tr::rules {

enum class SyncOutcome : std::uint8_t {
  kUnchanged,   // the pieces are those in force, and that was told
  kNewVersion,  // the version in force is news
  kBroken,      // the pieces have errors or cannot be read: the last good book stays
  kMended,      // after trouble, the pieces are again those in force
};

struct SyncReport {
  SyncOutcome outcome = SyncOutcome::kUnchanged;
  Version version;                // in force now; number 0: none. kNewVersion: the difference is to `before`
  RuleBookPtr before;             // kNewVersion: the book that was told last, or null
  std::vector<Problem> problems;  // of the pieces just read
  // Names what there is to tell: another name each time, the same one where it is told again. Empty: it was told before
  // (as trouble is, once per content), or there is nothing.
  std::string event;
  std::optional<Fault> untold;  // why it could not be told; the next Take tells it
};

// Thread-safe.
class Sync {
 public:
  // Tells what a report is about. Idempotent per `event`: after a crash it is called again for the same one.
  using Tell = std::function<Result<void>(const SyncReport& report)>;

  explicit Sync(RuleShelf& shelf) : shelf_(shelf) {}

  // The last good book from the shelf, whatever the source says now; cheap where it is in force already. kNotFound: the
  // shelf is empty.
  Result<void> LoadShelf();

  // Takes what the source has, and has it told where it is news: also what another Take left untold. A source that
  // faults for good is kBroken, with the fault's text as the problem. Faults: kTransient: the source cannot be read
  // now; any of the source's: it cannot be read, and there is no book yet; kConflict: another process kept a book
  // meanwhile. What is in force stays. `tell` must not call this object's Take.
  Result<SyncReport> Take(RuleSource& source, const std::string& who, Time now, const Tell& tell);

  // The book in force, or null.
  RuleBookPtr book() const;
  // The pieces in force, and their version; nothing while there is no book.
  RuleFiles files() const;
  Version version() const;

 private:
  // What a Take found, and what of it is news: Told::about.
  struct Found {
    SyncReport report;
    std::string about;  // empty: nothing
  };
  Found Unread(const Fault& fault, const Told& told) const;
  Found Broken(std::vector<Problem> problems, const std::string& digest, const Told& told) const;
  Result<Found> Judge(const RuleFiles& files, const Told& told, const std::string& who, Time now);
  Result<void> Keep(const ParsedBook& parsed, const RuleFiles& files, const std::string& who, Time now);
  Result<void> Compare(const Told& told, const RuleBookPtr& present, SyncReport& report);
  Result<void> TellOnce(Told told, const Tell& tell, Found& found);
  void PutInForce(const RuleBook& book, const RuleFiles& files, const Version& version);

  RuleShelf& shelf_;
  std::mutex taking_;            // one Take at a time
  mutable std::mutex in_force_;  // guards what follows
  RuleBookPtr book_;
  RuleFiles files_;
  Version version_;
};

}  // namespace tr::rules
