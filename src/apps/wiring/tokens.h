#pragma once
// Tokens: made here, kept as digests only.

#include <string>

#include "base/result.h"
#include "store/ledger.h"

namespace tr::wiring {

// A new token of 256 random bits for the person; what is returned is shown once and never kept.
Result<std::string> MakeToken(store::People& people, const std::string& person, const std::string& role,
                              const std::string& label, Time now);

// An admin's token for this process alone, good for an hour; nothing is kept of it here.
Result<std::string> MakePassingToken(store::People& people, Time now);

// The admin token in DATA/admin.token (mode 0600), made and let in at the first start. Returns the file's path.
Result<std::string> KeepAdminToken(store::People& people, const std::string& data_dir, Time now);

}  // namespace tr::wiring
