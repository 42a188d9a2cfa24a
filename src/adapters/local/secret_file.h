#pragma once
// Secrets that an installation makes for itself and keeps in files of mode 0600.

#include <string>

#include "base/redact.h"
#include "base/result.h"

namespace tr::local {

// The file's first line; where there is no such file yet, it is made with 256 random bits in hex. Two processes that
// make it at the same time get the same secret. kPermanent: it cannot be read or written; names the file.
Result<Secret> KeepSecret(const std::string& path);

// 256 random bits in hex. kPermanent: the system gives none.
Result<std::string> RandomHex();

}  // namespace tr::local
