#include "local/data_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "base/text.h"

namespace tr::local {
namespace {

constexpr const char* kLockName = "/serve.lock";

// The process id that the holder wrote; empty when it has not come to that yet.
std::string HolderOf(int file) {
  char text[24] = {};
  const ssize_t size = ::pread(file, text, sizeof text - 1, 0);
  return size <= 0 ? std::string() : std::string(Trim(std::string_view(text, static_cast<std::size_t>(size))));
}

Fault HeldBy(const std::string& pid) {
  const std::string who = pid.empty() ? "" : " (pid " + pid + ")";
  return Transient("another ticket-router serve" + who + " uses this data folder; stop it or give another --data");
}

}  // namespace

Result<void> MakeDataFolder(const std::string& data_dir) {
  std::error_code error;
  const std::filesystem::path parent = std::filesystem::absolute(data_dir, error).parent_path();
  std::filesystem::create_directories(parent, error);
  if (::mkdir(data_dir.c_str(), 0700) == 0) return Ok();
  struct stat folder = {};
  if (::stat(data_dir.c_str(), &folder) != 0) return Invalid("cannot make the data folder " + data_dir);
  if (!S_ISDIR(folder.st_mode)) return Invalid(data_dir + " is not a folder: give another --data");
  if ((folder.st_mode & 077) != 0 && ::chmod(data_dir.c_str(), 0700) != 0) {
    return Invalid("others may read " + data_dir +
                   " and it belongs to somebody else: chmod 700 it or give another --data");
  }
  return Ok();
}

Result<std::unique_ptr<DataLock>> DataLock::Acquire(const std::string& data_dir) {
  const std::string path = data_dir + kLockName;
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return Invalid("cannot open " + path + ": check the data folder's owner and rights");
  std::unique_ptr<DataLock> lock(new DataLock(file));
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) return HeldBy(HolderOf(file));
  const std::string pid = std::to_string(::getpid()) + "\n";
  // Only for the other one's message: the lock holds without it.
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, pid.data(), pid.size(), 0) < 0) return lock;
  return lock;
}

// The file stays: removing it would let two processes lock two files of one name.
DataLock::~DataLock() { ::close(file_); }

}  // namespace tr::local
