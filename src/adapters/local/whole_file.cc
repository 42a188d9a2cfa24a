#include "local/whole_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace tr::local {
namespace {

Fault CannotWrite(const std::string& path) {
  if (errno == ENOSPC || errno == EDQUOT) return Transient("the disk is full: cannot write " + path);
  return Transient("cannot write " + path + ": check its folder's owner and rights");
}

Result<void> WriteAll(int file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t size = ::write(file, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return CannotWrite(path);
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return Ok();
}

}  // namespace

OpenFile::~OpenFile() {
  if (file_ >= 0) ::close(file_);
}

Result<std::string> ReadWholeFile(const std::string& path, std::size_t limit) {
  // O_NONBLOCK: a pipe of that name must not hold us.
  const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.ok()) return errno == ENOENT ? NotFound(path + " is missing") : Transient("cannot read " + path);
  struct stat what = {};
  if (::fstat(file.get(), &what) != 0 || !S_ISREG(what.st_mode)) return Invalid(path + " is not a plain file");
  std::string bytes;
  char block[64 * 1024];
  while (bytes.size() <= limit) {
    const ssize_t size = ::read(file.get(), block, sizeof block);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return Transient("cannot read " + path);
    if (size == 0) return bytes;
    bytes.append(block, static_cast<std::size_t>(size));
  }
  return Invalid(path + " is larger than " + std::to_string(limit) + " bytes");
}

Result<void> WriteWholeFile(const std::string& path, std::string_view bytes, mode_t mode) {
  const OpenFile file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode));
  if (!file.ok()) return CannotWrite(path);
  TR_TRY(WriteAll(file.get(), bytes, path));
  if (::fsync(file.get()) != 0) return CannotWrite(path);
  return Ok();
}

Result<void> SyncFolder(const std::string& path) {
  const OpenFile folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.ok() || ::fsync(folder.get()) != 0) return CannotWrite(path);
  return Ok();
}

}  // namespace tr::local
