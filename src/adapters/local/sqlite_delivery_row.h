#pragma once
// tr_outbox: a delivery as a row.

#include "local/sqlite_database.h"
#include "store/step.h"

namespace tr::local {

// Puts the row unless one of that id is there.
Result<void> InsertDelivery(Database& database, const store::Delivery& delivery);
// False: there is no row of that id with so many attempts.
Result<bool> UpdateDelivery(Database& database, const store::Delivery& delivery, int expected_attempts);

// The columns in the order that ReadDelivery expects.
#define TR_OUTBOX_COLUMNS                                                                                     \
  "id, ticket, kind, state, team, channel, fallback, person, role, message, due_at, attempts, ref, trouble, " \
  "changed_at, subject, text"
store::Delivery ReadDelivery(const Query& query);

}  // namespace tr::local
