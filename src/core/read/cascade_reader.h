#pragma once
// Two readers: the one that costs nothing answers where it is sure, the other where it is not.

#include <atomic>
#include <cstdint>

#include "read/reader.h"

namespace tr::read {

class CascadeReader : public Reader {
 public:
  // Both outlive it.
  CascadeReader(Reader& first, Reader& second) : first_(first), second_(second) {}

  // The first's reading where it names a topic and is sure enough not to be held for it; else the second's. Faults: the
  // second's.
  Result<Reading> Read(const Text& text, const rules::RuleBook& book, const Call& call) override;

  // How often the first was sure enough, since the start.
  std::int64_t first_sure() const { return first_sure_; }

 private:
  Reader& first_;
  Reader& second_;
  std::atomic<std::int64_t> first_sure_{0};
};

}  // namespace tr::read
