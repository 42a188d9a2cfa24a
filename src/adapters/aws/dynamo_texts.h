#pragma once
// A row's JSON in its item, or, where it is longer than an item should be, in the bucket with its name in the item.

#include <string>
#include <string_view>
#include <vector>

#include "aws/blobs.h"
#include "aws/dynamo_item.h"
#include "base/result.h"

namespace tr::aws {

// An item holds 400 KB and a transaction 4 MB of at most 100 items; a step of 25 rows stays below both.
inline constexpr std::size_t kMaxInline = 64 * 1024;

// Texts of one write, to be put into the bucket before the items that name them.
class TextBatch {
 public:
  // `prefix` begins the names of what goes to the bucket: no two batches may share one.
  explicit TextBatch(std::string prefix) : prefix_(std::move(prefix)) {}

  // Puts the text into the attribute `name` of the item, or its bucket name into NAME_at.
  void Add(Item& item, std::string_view name, std::string text, std::string_view ticket);

  struct Large {
    std::string ticket;
    std::string key;
    std::string text;
  };
  const std::vector<Large>& large() const { return large_; }
  const std::string& prefix() const { return prefix_; }

 private:
  std::string prefix_;
  std::vector<Large> large_;
};

// What Add put. kPermanent: the bucket has lost it.
Result<std::string> ReadText(Blobs& blobs, const Item& item, std::string_view name);

}  // namespace tr::aws
