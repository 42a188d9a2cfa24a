#pragma once
// The lines of an export. The first is {"ticket_router_export":1}, the last {"end":{"lines":N}}, N being how many stand
// before it; the others are an object of one member, whose name says what its value is.

#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "rules/shelf.h"
#include "store/dump.h"
#include "store/ledger.h"
#include "store/usage.h"

namespace tr::carry {

inline constexpr int kVersion = 1;

struct Head {
  int version = kVersion;
};
struct End {
  std::int64_t lines = 0;
};
// A version of the rules that was in force.
struct Book {
  rules::Version version;
  rules::RuleFiles files;
};
// rules::RuleShelf::AnnouncedTrouble.
struct Trouble {
  std::string digest;
};
struct UsedMonth {
  std::string month;
  store::Used used;
};
struct Original {
  std::string key;
  Time at{};
  std::string bytes;
};

using Row = std::variant<Head, Book, Trouble, store::Access, UsedMonth, Original, Ticket, Message, store::ReadingRow,
                         store::Delivery, store::Correction, store::AuditRow, store::KeptKey, End>;

std::string WriteRow(const Row& row);

// kInvalid: not JSON, not such an object, a member of the wrong type; says which.
Result<Row> ReadRow(std::string_view line);

}  // namespace tr::carry
