#pragma once
// Rule files that a test lays down and changes.

#include <mutex>
#include <optional>
#include <utility>

#include "rules/shelf.h"

namespace tr::testing {

class FakeRuleSource : public rules::RuleSource {
 public:
  FakeRuleSource() = default;
  explicit FakeRuleSource(rules::RuleFiles files) : files_(std::move(files)) {}

  // kNotFound until files were set, or while a piece that is needed is empty.
  Result<rules::RuleFiles> Load() override {
    const std::lock_guard lock(mutex_);
    if (fault_) return *fault_;
    if (files_.topics.empty()) return NotFound("topics.csv is missing");
    if (files_.teams.empty()) return NotFound("teams.csv is missing");
    if (files_.rules.empty()) return NotFound("rules.md is missing");
    return files_;
  }

  void Set(rules::RuleFiles files) {
    const std::lock_guard lock(mutex_);
    files_ = std::move(files);
  }
  // Every load fails with it; none: no longer.
  void Break(std::optional<Fault> fault) {
    const std::lock_guard lock(mutex_);
    fault_ = std::move(fault);
  }

 private:
  std::mutex mutex_;
  rules::RuleFiles files_;
  std::optional<Fault> fault_;
};

}  // namespace tr::testing
