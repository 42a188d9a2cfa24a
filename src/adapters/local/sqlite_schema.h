#pragma once
// The tables, and how a file of an older version becomes one of this version.

#include <span>

#include "base/result.h"
#include "local/sqlite_database.h"

namespace tr::local {

// The SQL that turns a file of version N into one of version N + 1, by N. Only ever appended to.
std::span<const char* const> Migrations();

// Brings the file to version migrations.size(), each step in a transaction of its own; does nothing to a file that is
// there already. Safe when several processes do it at once. kPermanent: the file is of a newer version. Else as
// FaultOfSqlite.
Result<void> Migrate(Database& database, std::span<const char* const> migrations = Migrations());

}  // namespace tr::local
