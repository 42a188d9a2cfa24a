#pragma once
// How values become columns: packed rows, hashed keys, padded bodies, and the way back.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "local/sqlite_database.h"
#include "store/key_hash.h"
#include "store/step.h"
#include "ticket/ticket.h"

namespace tr::local {

// tr_texts: the ticket's own JSON stands at TextKey(num, 0), message n at TextKey(num, n). REQUIRES: 0 <= n < kMaxN.
inline constexpr std::int64_t kMaxN = std::int64_t{1} << 20;
inline std::int64_t TextKey(std::int64_t num, std::int64_t n) { return num * kMaxN + n; }

// tr_keys: what a unique key and a Message-ID are stored as.
using store::HashKey;
using store::HashThread;
using store::KeyHash;
inline std::string_view View(const KeyHash& hash) { return {hash.data(), hash.size()}; }

// tr_customers: 64 bits of the address's SHA-256.
std::int64_t HashAddress(std::string_view address);

// 0 for escalate, 1, 2 for normal: ascending is the queue's order.
int PlaceOf(Rank rank);

// Since when nobody touched the ended ticket, as tr_tickets.ended_at has it: none while it is open or has no text.
std::optional<Time> EndedAt(const Ticket& ticket);

// A row of length-prefixed fields: "5:hello,0:,". Any bytes.
void AppendField(std::string& row, std::string_view field);
void AppendField(std::string& row, std::int64_t field);

// Takes fields off a packed row. After a malformed one every field is empty and damaged() is true.
class FieldReader {
 public:
  explicit FieldReader(std::string_view row) : rest_(row) {}
  bool AtEnd() const { return rest_.empty() || damaged_; }
  bool damaged() const { return damaged_; }
  std::string_view Text();
  std::int64_t Int();

 private:
  std::string_view rest_;
  bool damaged_ = false;
};

// tr_audit.rows and .readings.
void PackAudit(std::string& packed, const store::AuditRow& row);
void PackReading(std::string& packed, const store::ReadingRow& row);
// kPermanent: damaged.
Result<std::vector<store::AuditRow>> UnpackAudit(std::string_view packed, const std::string& ticket);
Result<std::vector<store::ReadingRow>> UnpackReadings(std::string_view packed, const std::string& ticket);

// A ticket's JSON followed by so many blanks that the next value of about the same length can take its place.
// The stored length is a multiple of 64; `body` has kBlanks blanks at its end from which to cut.
inline constexpr std::size_t kBlanks = 512;
std::string TicketBody(const Ticket& ticket);
std::string MessageBody(const Message& message);
// How much of a TicketBody to store, when the value before took `room` bytes (0: a new ticket).
std::size_t RoomFor(const std::string& body, std::int64_t room);

// kPermanent: damaged.
Result<Ticket> ReadTicket(std::string_view body, std::int64_t version);
Result<Message> ReadMessage(std::string_view body);

// The ticket's num in tr_tickets. 0: unknown.
Result<std::int64_t> FindNum(Database& database, std::string_view ticket);

}  // namespace tr::local
