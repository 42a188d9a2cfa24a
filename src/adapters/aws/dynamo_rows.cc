// Rows as items and back: the row's JSON in `body`, and beside it what keys, conditions and indexes need.

#include <boost/json.hpp>

#include "aws/dynamo_step.h"
#include "base/text.h"
#include "store/row_json.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

Fault Damaged() { return Permanent("a stored row is damaged: restore the tables from a point in time"); }

template <typename Row, typename Decode>
Result<Row> ReadBody(Blobs& blobs, const Item& item, Decode decode) {
  TR_ASSIGN(const std::string text, ReadText(blobs, item, "body"));
  const Result<json::value> parsed = ParseJson(text);
  if (!parsed) return Damaged();
  Result<Row> row = decode(*parsed);
  if (!row) return Damaged();
  return row;
}

template <typename Row, typename Decode>
Result<std::vector<Row>> ReadRows(Blobs& blobs, const Item& item, std::string_view name, Decode decode) {
  std::vector<Row> rows;
  TR_ASSIGN(const std::string text, ReadText(blobs, item, name));
  if (text.empty()) return rows;
  const Result<json::value> parsed = ParseJson(text);
  if (!parsed || !parsed->is_array()) return Damaged();
  for (const json::value& value : parsed->get_array()) {
    Result<Row> row = decode(value);
    if (!row) return Damaged();
    rows.push_back(*std::move(row));
  }
  return rows;
}

template <typename Row>
std::string Listed(const std::vector<Row>& rows) {
  json::array array;
  for (const Row& row : rows) array.emplace_back(store::ToJson(row));
  return json::serialize(array);
}

}  // namespace

Item TicketItem(const Ticket& ticket, TextBatch& texts) {
  Item item = TicketKey(ticket.id).ToItem();
  item["version"] = NumberValue(ticket.version);
  AddTicketIndexes(item, ticket);
  texts.Add(item, "body", json::serialize(ToJson(ticket)), ticket.id);
  return item;
}

Item MessageItem(const Message& message, TextBatch& texts) {
  Item item = MessageKey(message.ticket, message.n).ToItem();
  AddMessageIndexes(item, message);
  item["ticket"] = TextValue(message.ticket);
  texts.Add(item, "body", json::serialize(ToJson(message)), message.ticket);
  return item;
}

Item DeliveryItem(const store::Delivery& delivery, TextBatch& texts) {
  Item item = DeliveryKey(delivery.id).ToItem();
  AddDeliveryIndexes(item, delivery);
  item["attempts"] = NumberValue(delivery.attempts);
  texts.Add(item, "body", json::serialize(store::ToJson(delivery)), delivery.ticket);
  return item;
}

Item CorrectionItem(const store::Correction& correction, const std::string& stamp, TextBatch& texts) {
  Item item = Key{std::string(kCorrectionLog), stamp}.ToItem();
  texts.Add(item, "body", json::serialize(store::ToJson(correction)), correction.ticket);
  return item;
}

Item CorrectionPointer(const store::Correction& correction, const std::string& stamp) {
  return Key{TicketPartition(correction.ticket), stamp}.ToItem();
}

Item HistoryItem(const History& history, const std::string& stamp, TextBatch& texts) {
  Item item = Key{TicketPartition(history.ticket), stamp}.ToItem();
  if (!history.rows.empty()) {
    item["lp"] = TextValue(Sharded(kLogPrefix, history.ticket));
    item["ls"] = TextValue(stamp);
    texts.Add(item, "rows", Listed(history.rows), history.ticket);
  }
  if (!history.readings.empty()) texts.Add(item, "readings", Listed(history.readings), history.ticket);
  std::string keys;
  for (const std::string& key : history.keys) keys += key;
  if (!keys.empty()) item["keys"] = TextValue(keys);
  return item;
}

Item KeyItem(const store::KeyHash& hash, std::string_view ticket, Time expires_at) {
  Item item = HashKeyOf(hash).ToItem();
  item["ticket"] = TextValue(ticket);
  item["expires"] = NumberValue(ToMillis(expires_at));
  // Seconds, rounded up: DynamoDB removes it some time after, for nothing.
  item["ttl"] = NumberValue(ToMillis(expires_at) / 1000 + 1);
  return item;
}

Result<Ticket> ReadTicketItem(Blobs& blobs, const Item& item) {
  TR_ASSIGN(Ticket ticket, ReadBody<Ticket>(blobs, item, TicketFromJson));
  ticket.version = NumberOf(item, "version");
  return ticket;
}

Result<Message> ReadMessageItem(Blobs& blobs, const Item& item) {
  return ReadBody<Message>(blobs, item, MessageFromJson);
}
Result<store::Delivery> ReadDeliveryItem(Blobs& blobs, const Item& item) {
  return ReadBody<store::Delivery>(blobs, item, store::DeliveryFromJson);
}
Result<store::Correction> ReadCorrectionItem(Blobs& blobs, const Item& item) {
  return ReadBody<store::Correction>(blobs, item, store::CorrectionFromJson);
}
Result<std::vector<store::AuditRow>> ReadAuditRows(Blobs& blobs, const Item& item) {
  return ReadRows<store::AuditRow>(blobs, item, "rows", store::AuditRowFromJson);
}
Result<std::vector<store::ReadingRow>> ReadReadings(Blobs& blobs, const Item& item) {
  return ReadRows<store::ReadingRow>(blobs, item, "readings", store::ReadingRowFromJson);
}

}  // namespace tr::aws
