#include "local/sqlite_codec.h"

#include <boost/json/serialize.hpp>
#include <charconv>
#include <cstring>

#include "base/hash.h"
#include "ticket/json.h"
#include "ticket/steps.h"

namespace tr::local {
namespace {

const SqlText kFindNum("SELECT num FROM tr_tickets WHERE id = ?");

Fault Damaged() { return Permanent("a stored row is damaged: stop, and restore the data folder from a backup"); }

// The JSON of a value that came from outside may hold anything but what the codec wrote: then the file is damaged.
template <typename T, typename Decode>
Result<T> ReadJson(std::string_view text, Decode decode) {
  const Result<boost::json::value> json = ParseJson(text);
  if (!json.ok()) return Damaged();
  Result<T> value = decode(*json);
  if (!value.ok()) return Damaged();
  return value;
}

}  // namespace

std::int64_t HashAddress(std::string_view address) {
  const Sha256Digest digest = Sha256(address);
  std::int64_t hash = 0;
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

int PlaceOf(Rank rank) {
  switch (rank) {
    case Rank::kEscalate: return 0;
    case Rank::kPriority: return 1;
    case Rank::kNormal: return 2;
  }
  return 2;
}

std::optional<Time> EndedAt(const Ticket& ticket) {
  if (IsOpen(ticket.state) || ticket.text_removed) return std::nullopt;
  return ticket.touched_at;
}

void AppendField(std::string& row, std::string_view field) {
  char length[24];
  const auto end = std::to_chars(length, length + sizeof length, field.size()).ptr;
  row.append(length, end).append(1, ':').append(field).append(1, ',');
}

void AppendField(std::string& row, std::int64_t field) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, field).ptr;
  AppendField(row, std::string_view(digits, static_cast<std::size_t>(end - digits)));
}

std::string_view FieldReader::Text() {
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), length);
  const auto digits = static_cast<std::size_t>(end - rest_.data());
  // digits, ':', the field, ','
  if (error != std::errc() || length > rest_.size() || digits + length + 2 > rest_.size()) damaged_ = true;
  if (damaged_) return {};
  const std::string_view field = rest_.substr(digits + 1, length);
  rest_.remove_prefix(digits + length + 2);
  return field;
}

std::int64_t FieldReader::Int() {
  const std::string_view field = Text();
  std::int64_t value = 0;
  if (std::from_chars(field.data(), field.data() + field.size(), value).ec != std::errc()) damaged_ = true;
  return value;
}

void PackAudit(std::string& packed, const store::AuditRow& row) {
  AppendField(packed, row.version);
  AppendField(packed, ToMillis(row.at));
  AppendField(packed, row.actor);
  AppendField(packed, row.kind);
  AppendField(packed, row.body);
}

Result<std::vector<store::AuditRow>> UnpackAudit(std::string_view packed, const std::string& ticket) {
  std::vector<store::AuditRow> rows;
  for (FieldReader fields(packed); !fields.AtEnd();) {
    store::AuditRow row;
    row.ticket = ticket;
    row.version = fields.Int();
    row.at = FromMillis(fields.Int());
    row.actor = fields.Text();
    row.kind = fields.Text();
    row.body = fields.Text();
    if (fields.damaged()) return Damaged();
    rows.push_back(std::move(row));
  }
  return rows;
}

void PackReading(std::string& packed, const store::ReadingRow& row) {
  AppendField(packed, row.message);
  AppendField(packed, ToMillis(row.at));
  AppendField(packed, boost::json::serialize(ToJson(row.reading)));
}

Result<std::vector<store::ReadingRow>> UnpackReadings(std::string_view packed, const std::string& ticket) {
  std::vector<store::ReadingRow> rows;
  for (FieldReader fields(packed); !fields.AtEnd();) {
    const auto message = static_cast<int>(fields.Int());
    const Time at = FromMillis(fields.Int());
    TR_ASSIGN(Reading reading, ReadJson<Reading>(fields.Text(), ReadingFromJson));
    rows.push_back({ticket, message, at, std::move(reading)});
  }
  return rows;
}

std::string TicketBody(const Ticket& ticket) { return boost::json::serialize(ToJson(ticket)).append(kBlanks, ' '); }

std::size_t RoomFor(const std::string& body, std::int64_t room) {
  const std::size_t used = body.size() - kBlanks;
  const auto before = static_cast<std::size_t>(room);
  // A new ticket is about to be landed, which adds its team, topic, person and times.
  const std::size_t wanted = used + (room == 0 ? 192 : 0);
  if (before >= used && before <= body.size()) return before;
  return std::min(body.size(), (wanted + 63) / 64 * 64);
}

std::string MessageBody(const Message& message) {
  std::string body = boost::json::serialize(ToJson(message));
  return body.append(16 - body.size() % 16, ' ');
}

Result<Ticket> ReadTicket(std::string_view body, std::int64_t version) {
  TR_ASSIGN(Ticket ticket, ReadJson<Ticket>(body, TicketFromJson));
  ticket.version = version;
  return ticket;
}

Result<Message> ReadMessage(std::string_view body) { return ReadJson<Message>(body, MessageFromJson); }

Result<std::int64_t> FindNum(Database& database, std::string_view ticket) {
  Query query(database, kFindNum);
  TR_ASSIGN(const bool found, query.Bind(ticket).Next());
  return found ? query.Int(0) : std::int64_t{0};
}

}  // namespace tr::local
