#pragma once
// The tables, as they are made.

#include <boost/json/array.hpp>

#include "aws/dynamo_db.h"

namespace tr::aws {

// What CreateTable takes, one object a table: on demand, keys and indexes. A template names the same.
boost::json::array TableDefinitions(const Tables& tables);

// The attribute whose time DynamoDB removes items by, where a table has one.
inline constexpr std::string_view kTimeToLive = "ttl";

// Makes the tables that are missing and waits until all of them can be used. kTransient: they are not there after a
// minute; else as the service says.
Result<void> CreateTables(DynamoDb& db, const Tables& tables);

// Has expired items removed, and the last 35 days recoverable to any second. Idempotent. Faults as the service says.
Result<void> GuardTables(DynamoDb& db, const Tables& tables);

}  // namespace tr::aws
