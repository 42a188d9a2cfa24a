#include "local/secret_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "base/hash.h"
#include "base/text.h"

namespace tr::local {
namespace {

constexpr std::size_t kSecretBytes = 32;

// Written under another name and linked into place, so that nobody ever reads half of it.
Result<void> Make(const std::string& path) {
  TR_ASSIGN(const std::string secret, RandomHex());
  const std::string draft = path + "." + std::to_string(getpid());
  const int file = open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return Permanent("cannot write " + draft + "; check the data folder's owner");
  const std::string line = secret + "\n";
  const bool written = write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && fsync(file) == 0;
  close(file);
  if (written) (void)!link(draft.c_str(), path.c_str());  // somebody else's is as good
  unlink(draft.c_str());
  if (!written) return Transient("cannot write " + path + ": is the disk full?");
  return Ok();
}

}  // namespace

Result<std::string> RandomHex() {
  std::array<char, kSecretBytes> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return Permanent("the system gives no random bytes");
  }
  return ToHex(std::string_view(bytes.data(), bytes.size()));
}

Result<Secret> KeepSecret(const std::string& path) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    std::ifstream file(path);
    std::string line;
    if (file && std::getline(file, line) && !Trim(line).empty()) return Secret(std::string(Trim(line)));
    if (file.is_open()) return Permanent(path + " is empty; remove it to have a new one made");
    TR_TRY(Make(path));
  }
  return Permanent("cannot read " + path + "; check its owner");
}

}  // namespace tr::local
