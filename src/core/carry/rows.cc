#include "carry/rows.h"

#include <array>
#include <boost/json/serialize.hpp>

#include "base/hash.h"
#include "intake/transfer.h"
#include "store/row_json.h"
#include "ticket/json.h"
#include "ticket/json_fields.h"

namespace tr::carry {
namespace {

namespace json = boost::json;

// By the index of Row's alternative.
constexpr std::array<std::string_view, std::variant_size_v<Row>> kNames = {"ticket_router_export",
                                                                           "rules",
                                                                           "announced_trouble",
                                                                           "person",
                                                                           "usage",
                                                                           "original",
                                                                           "ticket",
                                                                           "message",
                                                                           "reading",
                                                                           "delivery",
                                                                           "correction",
                                                                           "audit",
                                                                           "key",
                                                                           "end"};

json::value Write(const Head& row) { return row.version; }
json::value Write(const End& row) { return json::object{{"lines", row.lines}}; }
json::value Write(const Trouble& row) { return json::value(row.digest); }
json::value Write(const Message& row) { return ToJson(row); }

json::value Write(const Book& row) {
  const auto& [topics, teams, rules, tests] = row.files;
  return json::object{{"version", row.version.number},
                      {"at", FormatTime(row.version.at)},
                      {"who", row.version.who},
                      {"difference", row.version.difference},
                      {"topics", topics},
                      {"teams", teams},
                      {"rules", rules},
                      {"tests", tests ? json::value(*tests) : json::value()}};
}

json::value Write(const UsedMonth& row) {
  return json::object{{"month", row.month},
                      {"calls", row.used.calls},
                      {"input_tokens", row.used.input_tokens},
                      {"output_tokens", row.used.output_tokens},
                      {"cost_micros", row.used.cost_micros}};
}

json::value Write(const Original& row) {
  return json::object{{"key", row.key}, {"at", FormatTime(row.at)}, {"base64", ToBase64(row.bytes)}};
}

json::value Write(const Ticket& row) {
  json::object object = ToJson(row);
  object["version"] = row.version;
  return object;
}

template <typename StoreRow>
json::value Write(const StoreRow& row) {
  return store::ToJson(row);
}

Result<Row> ReadHead(const json::value& value) {
  if (!value.is_int64() || value.as_int64() < 1) return Invalid("the version must be a number");
  return Row(Head{static_cast<int>(value.as_int64())});
}

Result<Row> ReadEnd(const json::value& value) {
  JsonFields fields(value, "end");
  End end;
  fields.Take("lines", end.lines);
  TR_TRY(fields.Finish());
  return Row(end);
}

Result<Row> ReadTrouble(const json::value& value) {
  if (!value.is_string()) return Invalid("announced_trouble must be a text");
  return Row(Trouble{std::string(value.as_string())});
}

Result<Row> ReadBook(const json::value& value) {
  JsonFields fields(value, "rules");
  Book book;
  fields.Take("version", book.version.number);
  fields.Take("at", book.version.at);
  fields.Take("who", book.version.who);
  fields.Take("difference", book.version.difference);
  fields.Take("topics", book.files.topics);
  fields.Take("teams", book.files.teams);
  fields.Take("rules", book.files.rules);
  const json::value* tests = fields.Find("tests");
  if (tests != nullptr && !tests->is_null()) fields.Take("tests", book.files.tests.emplace());
  TR_TRY(fields.Finish());
  return Row(std::move(book));
}

Result<Row> ReadUsedMonth(const json::value& value) {
  JsonFields fields(value, "usage");
  UsedMonth row;
  fields.Take("month", row.month);
  fields.Take("calls", row.used.calls);
  fields.Take("input_tokens", row.used.input_tokens);
  fields.Take("output_tokens", row.used.output_tokens);
  fields.Take("cost_micros", row.used.cost_micros);
  TR_TRY(fields.Finish());
  return Row(std::move(row));
}

Result<Row> ReadOriginal(const json::value& value) {
  JsonFields fields(value, "original");
  Original original;
  std::string base64;
  fields.Take("key", original.key);
  fields.Take("at", original.at);
  fields.Take("base64", base64);
  TR_TRY(fields.Finish());
  original.bytes = intake::DecodeBase64(base64);
  // The decoder is made for mail and forgives everything; here that would lose bytes.
  if (ToBase64(original.bytes) != base64) return Invalid("original.base64 is not base 64");
  return Row(std::move(original));
}

Result<Row> ReadTicketRow(const json::value& value) {
  TR_ASSIGN(Ticket ticket, TicketFromJson(value));
  JsonFields fields(value, "ticket");
  fields.Take("version", ticket.version);
  TR_TRY(fields.Finish());
  if (ticket.version < 1 || ticket.id.empty()) return Invalid("a ticket needs an id and a version");
  return Row(std::move(ticket));
}

template <typename Value, Result<Value> (*kRead)(const json::value&)>
Result<Row> ReadWith(const json::value& value) {
  TR_ASSIGN(Value row, kRead(value));
  return Row(std::move(row));
}

using Reader = Result<Row> (*)(const json::value&);
constexpr std::array<Reader, kNames.size()> kReaders = {ReadHead,
                                                        ReadBook,
                                                        ReadTrouble,
                                                        ReadWith<store::Access, store::AccessFromJson>,
                                                        ReadUsedMonth,
                                                        ReadOriginal,
                                                        ReadTicketRow,
                                                        ReadWith<Message, MessageFromJson>,
                                                        ReadWith<store::ReadingRow, store::ReadingRowFromJson>,
                                                        ReadWith<store::Delivery, store::DeliveryFromJson>,
                                                        ReadWith<store::Correction, store::CorrectionFromJson>,
                                                        ReadWith<store::AuditRow, store::AuditRowFromJson>,
                                                        ReadWith<store::KeptKey, store::KeptKeyFromJson>,
                                                        ReadEnd};

}  // namespace

std::string WriteRow(const Row& row) {
  json::object line;
  line[kNames[row.index()]] = std::visit([](const auto& value) { return Write(value); }, row);
  return json::serialize(line);
}

Result<Row> ReadRow(std::string_view line) {
  TR_ASSIGN(const json::value parsed, ParseJson(line));
  const json::object* object = parsed.if_object();
  if (object == nullptr || object->size() != 1) return Invalid("not an object of one member");
  const auto& [name, value] = *object->begin();
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (std::string_view(name) == kNames[i]) return kReaders[i](value);
  }
  return Invalid("a member that no export has");
}

}  // namespace tr::carry
