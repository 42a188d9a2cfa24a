#pragma once
// Which port call is to fail, counted over every port that shares the plan.
//
//   for (int n = 1;; ++n) {
//     FaultPlan plan;
//     plan.FailCall(n, FaultWhen::kAfter);
//     … run the whole way through FaultyStore, FaultyQueue, … until it is quiet, then look at the result
//     if (plan.failures() == 0) break;
//   }

#include <climits>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace tr::testing {

// Whether the effect takes place: a call that fails before it changed nothing; one that fails after it did all its
// work, and only the answer is lost.
enum class FaultWhen { kBefore, kAfter };

// Thread-safe. A new plan fails nothing and counts.
class FaultPlan {
 public:
  // The nth call fails (from 1), counted from the plan's making or its last Reset.
  void FailCall(int n, FaultWhen when, Fault fault = Transient("planned fault")) {
    FailCalls(n, n, when, std::move(fault));
  }
  // Every call from the first to the last fails, both included.
  void FailCalls(int first, int last, FaultWhen when, Fault fault = Transient("planned fault"));
  // Every call from now on.
  void FailAll(FaultWhen when, Fault fault = Transient("planned fault")) {
    FailCalls(1, INT_MAX, when, std::move(fault));
  }
  // No call fails any more; the counts go on.
  void Mend();
  // Fails nothing, and counts from zero.
  void Reset();

  int calls() const;
  int failures() const;
  // "Ledger.Commit", in the order of the calls: to say which call it was.
  std::vector<std::string> names() const;

  // Runs the call, or fails it, or both. `call` gives a Result.
  template <typename Call>
  auto Through(std::string_view name, Call call) -> decltype(call()) {
    const Verdict verdict = Count(name);
    if (verdict.fails && verdict.when == FaultWhen::kBefore) return verdict.fault;
    auto result = call();
    if (verdict.fails) return verdict.fault;
    return result;
  }

 private:
  struct Verdict {
    bool fails = false;
    FaultWhen when = FaultWhen::kBefore;
    Fault fault;
  };
  Verdict Count(std::string_view name);

  mutable std::mutex mutex_;
  int first_ = 0;
  int last_ = -1;
  FaultWhen when_ = FaultWhen::kBefore;
  Fault fault_;
  int failures_ = 0;
  std::vector<std::string> names_;
};

}  // namespace tr::testing
