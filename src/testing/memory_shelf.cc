#include "testing/memory_shelf.h"

#include <algorithm>

namespace tr::testing {

Result<int> MemoryShelf::Keep(const rules::RuleFiles& files, int expected, const std::string& who,
                              const std::string& difference, Time now) {
  const std::lock_guard lock(mutex_);
  const int newest = static_cast<int>(books_.size());
  if (newest != expected) return Conflict("the rules have another version");
  books_.push_back({rules::Version{newest + 1, now, who, difference}, files});
  return newest + 1;
}

Result<std::vector<rules::Version>> MemoryShelf::History() {
  const std::lock_guard lock(mutex_);
  std::vector<rules::Version> versions;
  for (const auto& [version, files] : books_) versions.push_back(version);
  std::ranges::reverse(versions);
  return versions;
}

Result<std::pair<rules::Version, rules::RuleFiles>> MemoryShelf::Get(int number) {
  const std::lock_guard lock(mutex_);
  const int newest = static_cast<int>(books_.size());
  const int wanted = number == 0 ? newest : number;
  if (wanted < 1 || wanted > newest) return NotFound("no such version of the rules");
  return books_[static_cast<std::size_t>(wanted - 1)];
}

Result<std::string> MemoryShelf::AnnouncedTrouble() {
  const std::lock_guard lock(mutex_);
  return announced_;
}

Result<void> MemoryShelf::SetAnnouncedTrouble(const std::string& digest) {
  const std::lock_guard lock(mutex_);
  announced_ = digest;
  return Ok();
}

}  // namespace tr::testing
