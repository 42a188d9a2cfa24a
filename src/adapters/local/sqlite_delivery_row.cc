#include "local/sqlite_delivery_row.h"

namespace tr::local {
namespace {

using store::Delivery;

const SqlText kInsert("INSERT OR IGNORE INTO tr_outbox(" TR_OUTBOX_COLUMNS
                      ", apart) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
// Who the delivery is for never changes; subject and text do not either, and may be long.
const SqlText kUpdate(
    "UPDATE tr_outbox SET state = ?, team = ?, channel = ?, fallback = ?, person = ?, role = ?, due_at = ?, "
    "attempts = ?, ref = ?, trouble = ?, changed_at = ? WHERE id = ? AND attempts = ?");

// Whether OfTicket cannot find it by its id.
int IsApart(const Delivery& delivery) {
  const std::size_t size = delivery.ticket.size();
  const bool follows =
      delivery.id.starts_with(delivery.ticket) && delivery.id.size() > size && delivery.id[size] == '#';
  return delivery.ticket.empty() || follows ? 0 : 1;
}

}  // namespace

Result<void> InsertDelivery(Database& database, const Delivery& row) {
  Query query(database, kInsert);
  query.Bind(row.id).Bind(row.ticket).Bind(static_cast<int>(row.kind)).Bind(static_cast<int>(row.state));
  query.Bind(row.team).Bind(row.channel).Bind(row.fallback).Bind(row.person).Bind(row.role).Bind(row.message);
  query.Bind(row.due_at).Bind(row.attempts).Bind(row.ref).Bind(row.trouble).Bind(row.changed_at);
  return query.Bind(row.subject).Bind(row.text).Bind(IsApart(row)).Run();
}

Result<bool> UpdateDelivery(Database& database, const Delivery& row, int expected_attempts) {
  Query query(database, kUpdate);
  query.Bind(static_cast<int>(row.state)).Bind(row.team).Bind(row.channel).Bind(row.fallback).Bind(row.person);
  query.Bind(row.role).Bind(row.due_at).Bind(row.attempts).Bind(row.ref).Bind(row.trouble).Bind(row.changed_at);
  TR_TRY(query.Bind(row.id).Bind(expected_attempts).Run());
  return database.changes() != 0;
}

Delivery ReadDelivery(const Query& query) {
  Delivery row;
  row.id = query.Text(0);
  row.ticket = query.Text(1);
  row.kind = static_cast<store::DeliveryKind>(query.Int(2));
  row.state = static_cast<store::DeliveryState>(query.Int(3));
  row.team = query.Text(4);
  row.channel = query.Text(5);
  row.fallback = static_cast<int>(query.Int(6));
  row.person = query.Text(7);
  row.role = query.Text(8);
  row.message = static_cast<int>(query.Int(9));
  row.due_at = query.At(10);
  row.attempts = static_cast<int>(query.Int(11));
  row.ref = query.Text(12);
  row.trouble = query.Text(13);
  row.changed_at = query.At(14);
  row.subject = query.Text(15);
  row.text = query.Text(16);
  return row;
}

}  // namespace tr::local
