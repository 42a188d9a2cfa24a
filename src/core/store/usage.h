#pragma once
// What the model's calls used, by month: tokens and money, and the one way to spend within a limit.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace tr::store {

// What was used. In an Add any member may be negative: an estimate that is put right.
struct Used {
  std::int64_t calls = 0;
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;
  std::int64_t cost_micros = 0;  // millionths of the currency in which the prices are given
  bool operator==(const Used&) const = default;
};

// Thread-safe, also between processes.
class Usage {
 public:
  virtual ~Usage() = default;

  // Everything of the month ("2026-12", UTC); zeros for one in which nothing was used. kTransient.
  virtual Result<Used> OfMonth(const std::string& month) = 0;

  // The months in which something was used, oldest first. May read a whole table: for who moves everything.
  virtual Result<std::vector<std::string>> Months() = 0;

  // Adds to the month, whole and durable when it returns. With `limit_micros`: only when the month's money does not
  // exceed it afterwards, looked at and added in one step, so that many callers together stay below it.
  // kConflict: it would; nothing was added. kTransient.
  virtual Result<void> Add(const std::string& month, const Used& used, std::optional<std::int64_t> limit_micros) = 0;
};

}  // namespace tr::store
