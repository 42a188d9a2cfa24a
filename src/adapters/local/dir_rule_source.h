#pragma once
// The manager's pieces in a folder: topics.csv, teams.csv, rules.md and, where there is one, rules.tests.csv.

#include <array>
#include <cstdint>
#include <string>

#include "rules/shelf.h"

namespace tr::local {

// Thread-safe; other processes may use the folder at the same time.
class DirRuleSource final : public rules::RuleSource {
 public:
  explicit DirRuleSource(std::string dir) : dir_(std::move(dir)) {}

  // Reads the pieces and looks again whether one was changed meanwhile: then it reads anew, three times at most.
  // First finishes what a Write that died half-way has begun. kNotFound: a required piece is missing. kTransient: the
  // pieces keep changing, or cannot be read. kInvalid: a piece is larger than 1 MiB (a sheet of 10,000 rows is half
  // of that).
  Result<rules::RuleFiles> Load() override;

  // Puts all pieces in place of `expected`; without tests, rules.tests.csv goes. kConflict: the folder holds something
  // else by now. kTransient: the disk is full or cannot be written; nothing has changed. kInvalid: larger than 1 MiB.
  //
  // Dying at any moment leaves the old pieces or the new ones, never a mixture that Load would give: the new ones lie
  // beside the old under other names until a journal, ".publish", names them; from then on they are in force, and
  // whoever finds the journal completes the renaming.
  Result<void> Write(const rules::RuleFiles& files, const rules::RuleFiles& expected);

 private:
  const std::string dir_;
};

// Says whether something in the folder has changed since it was last asked. Five calls of stat: ask as often as every
// 200 ms. (Watching by inotify would save those and be blind on network folders.) Not thread-safe.
class DirWatch {
 public:
  explicit DirWatch(std::string dir);
  bool Changed();

 private:
  // Of each piece: inode, size and the times of change. A file that is renamed into place has another inode.
  using Marks = std::array<std::int64_t, 20>;
  Marks Look() const;

  const std::string dir_;
  Marks seen_;
};

}  // namespace tr::local
