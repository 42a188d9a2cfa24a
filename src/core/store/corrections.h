#pragma once
// What humans taught: corrections, and the cursor by which readers pull them.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "ticket/ticket.h"

namespace tr::store {

enum class CorrectionKind : std::uint8_t {
  kReassign,
  kBump,
  kSplit,
  kMerge,
  kTake,
  kRelease,
  kDone,
  kUndo,
  kRestore,
  kErase
};
std::string_view Name(CorrectionKind kind);  // "reassign", … "erase": its example was forgotten
std::optional<CorrectionKind> ParseCorrectionKind(std::string_view name);

// One human act on a ticket. A row is never changed; an undo is a later row that names it.
struct Correction {
  std::string id;  // ULID
  CorrectionKind kind = CorrectionKind::kReassign;
  std::string ticket;
  std::string by;  // address of a known person, or "admin"
  Time at{};
  std::string undoes;      // id of the correction that this one takes back; kUndo and kErase only
  std::string from_topic;  // before
  std::string to_topic;    // after; a labelled example when not empty and different or confirmed
  std::string from_team;
  std::string to_team;
  std::string reason;
  std::string redacted_text;  // what the example says: subject and new text, redacted; empty where nothing is taught
  std::string before;         // JSON of the ticket before, for undo
  std::int64_t after_version = 0;  // version of the ticket that this correction made
  std::vector<std::string> made;   // ids of the tickets that a split made
};

// Read port.
class Corrections {
 public:
  virtual ~Corrections() = default;

  struct Page {
    std::vector<Correction> rows;  // oldest first
    std::string cursor;            // pass it to get what came later; equals the one given when nothing did
  };
  // Rows after the cursor ("" = from the beginning) in the order in which they were stored, at most `limit` of them.
  // Every row that any process stored is given exactly once along a chain of cursors. kTransient.
  virtual Result<Page> Since(const std::string& cursor, int limit) = 0;

  // All corrections of one ticket, oldest first. kTransient.
  virtual Result<std::vector<Correction>> OfTicket(const std::string& ticket) = 0;
};

}  // namespace tr::store
