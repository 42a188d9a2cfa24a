#pragma once
// Every book that was in force, in memory.

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "rules/shelf.h"

namespace tr::testing {

class MemoryShelf : public rules::RuleShelf {
 public:
  Result<int> Keep(const rules::RuleFiles& files, int expected, const std::string& who, const std::string& difference,
                   Time now) override;
  Result<std::vector<rules::Version>> History() override;
  Result<std::pair<rules::Version, rules::RuleFiles>> Get(int number) override;
  Result<std::string> AnnouncedTrouble() override;
  Result<void> SetAnnouncedTrouble(const std::string& digest) override;

 private:
  std::mutex mutex_;
  std::vector<std::pair<rules::Version, rules::RuleFiles>> books_;  // version 1 first
  std::string announced_;
};

}  // namespace tr::testing
