#pragma once
// Where books come from and where they are kept.

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "rules/book.h"

namespace tr::rules {

// The manager's pieces as they stand now: a folder, a Drive folder.
class RuleSource {
 public:
  virtual ~RuleSource() = default;
  // All pieces of one moment. kNotFound: a required piece is missing; says which. kTransient: could not be reached, or
  // the pieces changed while they were read. Every other fault is told to the manager: its text says what to mend.
  virtual Result<RuleFiles> Load() = 0;
};

// One book that was in force.
struct Version {
  int number = 0;  // from 1
  Time at{};
  std::string who;         // where known
  std::string difference;  // "2 bullets added, 1 topic changed"
};

// Every book that was ever in force, the last one being in force now.
class RuleShelf {
 public:
  virtual ~RuleShelf() = default;
  // Keeps the book as the next version and returns its number. kConflict: the newest is not `expected` any more.
  virtual Result<int> Keep(const RuleFiles& files, int expected, const std::string& who, const std::string& difference,
                           Time now) = 0;
  // Newest first.
  virtual Result<std::vector<Version>> History() = 0;
  // kNotFound: no such version. Version 0: the newest; kNotFound when the shelf is empty.
  virtual Result<std::pair<Version, RuleFiles>> Get(int number) = 0;
  // A small note for `sync`: what was announced, last of all which trouble (told.h). Empty: none.
  virtual Result<std::string> AnnouncedTrouble() = 0;
  virtual Result<void> SetAnnouncedTrouble(const std::string& digest) = 0;
};

}  // namespace tr::rules
