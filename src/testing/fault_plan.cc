#include "testing/fault_plan.h"

namespace tr::testing {

void FaultPlan::FailCalls(int first, int last, FaultWhen when, Fault fault) {
  const std::lock_guard lock(mutex_);
  first_ = first;
  last_ = last;
  when_ = when;
  fault_ = std::move(fault);
}

void FaultPlan::Mend() {
  const std::lock_guard lock(mutex_);
  last_ = -1;
}

void FaultPlan::Reset() {
  const std::lock_guard lock(mutex_);
  last_ = -1;
  failures_ = 0;
  names_.clear();
}

int FaultPlan::calls() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(names_.size());
}

int FaultPlan::failures() const {
  const std::lock_guard lock(mutex_);
  return failures_;
}

std::vector<std::string> FaultPlan::names() const {
  const std::lock_guard lock(mutex_);
  return names_;
}

FaultPlan::Verdict FaultPlan::Count(std::string_view name) {
  const std::lock_guard lock(mutex_);
  names_.emplace_back(name);
  const int n = static_cast<int>(names_.size());
  if (n < first_ || n > last_) return {};
  ++failures_;
  return {true, when_, fault_};
}

}  // namespace tr::testing
