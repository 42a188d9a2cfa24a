#pragma once
// A step as one transaction: what is put and removed, under which conditions, and what a refusal of each means.

#include <set>
#include <string>
#include <vector>

#include "aws/dynamo_db.h"
#include "aws/dynamo_log.h"
#include "aws/dynamo_texts.h"
#include "store/step.h"

namespace tr::aws {

enum class OnRefusal {
  kConflict,  // somebody else was faster
  kGoOn,      // it is there already, as it may: the step is sent again without it
};

struct PlannedAction {
  Key key;
  Action action;
  OnRefusal on_refusal = OnRefusal::kConflict;
};

struct StepPlan {
  std::vector<PlannedAction> actions;  // at most one an item
  TextBatch texts;
  std::vector<std::pair<std::string_view, std::string>> names;  // kTeams, kChannels: to be known before
};

std::vector<Action> ActionsOf(const StepPlan& plan);

// What makes texts that were put (PutTexts) their tickets': the row that waits for them goes, and a row beside each
// ticket's history names them, for its erasure. None where all texts are short. A plan of a step has them.
std::vector<PlannedAction> TakeTexts(const Tables& tables, const TextBatch& texts);

// Whether rows must be as the step expects (a commit), or are put as they are, tickets where there are none yet (a
// load).
enum class Expect { kAsStepSays, kNothing };

// `skip`: items that are there already and may be. kConflict: the step asks for one key twice. kBug: a ticket's version
// does not follow; two writes of one ticket.
Result<StepPlan> PlanStep(const store::Step& step, Time now, const Tables& tables, Stamps& stamps, Expect expect,
                          const std::set<Key>& skip = {});

// The items themselves, for whoever writes them outside of a step.
Item TicketItem(const Ticket& ticket, TextBatch& texts);
Item MessageItem(const Message& message, TextBatch& texts);
Item DeliveryItem(const store::Delivery& delivery, TextBatch& texts);
Item CorrectionItem(const store::Correction& correction, const std::string& stamp, TextBatch& texts);
// Beside the ticket's other rows: which corrections are its.
Item CorrectionPointer(const store::Correction& correction, const std::string& stamp);
inline constexpr std::string_view kCorrectionLog = "C";

// A ticket's audit rows, readings and keys of one step.
struct History {
  std::string_view ticket;
  std::vector<store::AuditRow> rows;
  std::vector<store::ReadingRow> readings;
  std::vector<std::string> keys;  // hashes in hexadecimal: what forgetting the ticket must remove
};
Item HistoryItem(const History& history, const std::string& stamp, TextBatch& texts);

Item KeyItem(const store::KeyHash& hash, std::string_view ticket, Time expires_at);

// Back again. kPermanent: damaged.
Result<Ticket> ReadTicketItem(Blobs& blobs, const Item& item);
Result<Message> ReadMessageItem(Blobs& blobs, const Item& item);
Result<store::Delivery> ReadDeliveryItem(Blobs& blobs, const Item& item);
Result<store::Correction> ReadCorrectionItem(Blobs& blobs, const Item& item);
Result<std::vector<store::AuditRow>> ReadAuditRows(Blobs& blobs, const Item& item);
Result<std::vector<store::ReadingRow>> ReadReadings(Blobs& blobs, const Item& item);

}  // namespace tr::aws
