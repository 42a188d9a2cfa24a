#pragma once
// A bucket in memory.

#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "aws/blobs.h"

namespace tr::aws {

class MemoryBlobs final : public Blobs {
 public:
  // Called before the bucket is written or read.
  std::function<void()> on_put, on_get;

  Result<void> Put(const std::string& key, std::string_view bytes) override {
    if (on_put) on_put();
    const std::lock_guard lock(mutex_);
    bytes_[key] = bytes;
    return Ok();
  }
  Result<void> PutIfAbsent(const std::string& key, std::string_view bytes) override {
    const std::lock_guard lock(mutex_);
    bytes_.emplace(key, bytes);
    return Ok();
  }
  Result<std::string> Get(const std::string& key) override {
    if (on_get) on_get();
    const std::lock_guard lock(mutex_);
    const auto found = bytes_.find(key);
    if (found == bytes_.end()) return NotFound("no such blob");
    return found->second;
  }
  Result<void> Remove(const std::string& key) override {
    const std::lock_guard lock(mutex_);
    bytes_.erase(key);
    return Ok();
  }
  std::size_t size() {
    const std::lock_guard lock(mutex_);
    return bytes_.size();
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> bytes_;
};

}  // namespace tr::aws
