#pragma once
// The data folder: made for its owner alone, and held by one `serve` at a time.

#include <memory>
#include <string>

#include "base/result.h"

namespace tr::local {

// Makes the folder and what is missing above it (mode 0700); takes the rights of others from one that is there.
// kInvalid: cannot be made, is no folder, or belongs to somebody else.
Result<void> MakeDataFolder(const std::string& data_dir);

// While it lives, no other `serve` can use the folder. It ends with the process, however that ends.
class DataLock {
 public:
  // Locks DATA/serve.lock, which holds the process id. kTransient: another process holds it; says which.
  // kInvalid: the file cannot be made.
  static Result<std::unique_ptr<DataLock>> Acquire(const std::string& data_dir);
  ~DataLock();
  DataLock(const DataLock&) = delete;
  DataLock& operator=(const DataLock&) = delete;

 private:
  explicit DataLock(int file) : file_(file) {}
  int file_;
};

}  // namespace tr::local
