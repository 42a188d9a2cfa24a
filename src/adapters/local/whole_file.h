#pragma once
// Files read and written whole.

#include <sys/stat.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tr::local {

// An open file or folder; closed at the end.
class OpenFile {
 public:
  explicit OpenFile(int file) : file_(file) {}
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  bool ok() const { return file_ >= 0; }
  int get() const { return file_; }

 private:
  int file_;
};

// kNotFound: no such file. kInvalid: larger than `limit` bytes, or no plain file. kTransient: cannot be read.
Result<std::string> ReadWholeFile(const std::string& path, std::size_t limit);

// Makes or replaces the file and has its bytes on the disk when it returns. Its name is there for sure only after
// SyncFolder. kTransient: the disk is full or cannot be written.
Result<void> WriteWholeFile(const std::string& path, std::string_view bytes, mode_t mode);

// What was renamed, made and removed in the folder stays so. kTransient.
Result<void> SyncFolder(const std::string& path);

}  // namespace tr::local
