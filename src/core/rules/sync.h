#pragma once
// Keeps the book in force: a good edit becomes the next version, a bad one changes nothing. Returns a report; who is
// told is the app's business.

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "rules/book.h"
#include "rules/parse.h"
#include "rules/shelf.h"

namespace tr::rules {

enum class SyncOutcome : std::uint8_t {
  kUnchanged,  // the pieces are those in force, or those whose trouble was told already
  kNewVersion,
  kBroken,  // told once per content: the last good book stays
  kMended,  // after trouble, the pieces are again those in force
};

struct SyncReport {
  SyncOutcome outcome = SyncOutcome::kUnchanged;
  Version version;                // in force now; number 0: none
  RuleBookPtr before;             // the book that was in force, or null
  std::vector<Problem> problems;  // of the pieces just read
};

// Thread-safe.
class Sync {
 public:
  explicit Sync(RuleShelf& shelf) : shelf_(shelf) {}

  // The last good book from the shelf, whatever the source says now; cheap where it is in force already. kNotFound: the
  // shelf is empty.
  Result<void> LoadShelf();

  // Takes what the source has. kTransient, kNotFound: the source cannot be read now; what is in force stays.
  Result<SyncReport> Take(RuleSource& source, const std::string& who, Time now);

  // The book in force, or null.
  RuleBookPtr book() const;
  // The pieces in force, and their version; nothing while there is no book.
  RuleFiles files() const;
  Version version() const;

 private:
  Result<SyncReport> Judge(const RuleFiles& files, const std::string& who, Time now);
  void PutInForce(const RuleBook& book, const RuleFiles& files, const Version& version);

  RuleShelf& shelf_;
  std::mutex taking_;            // one Take at a time
  mutable std::mutex in_force_;  // guards what follows
  RuleBookPtr book_;
  RuleFiles files_;
  Version version_;
};

}  // namespace tr::rules
