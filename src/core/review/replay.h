#pragma once
// In: base, ticket, rules, store, read, route. Out: looking back: eval, replay, digest. Never: a change. Start at:
// Replay.
//
// What another book would have done to the tickets that came: the same text, the same stored reading, the same moment,
// asked of both books. A changed topic or example would also change readings; that is not replayed.

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "rules/book.h"
#include "store/ledger.h"

namespace tr::review {

// Where a book puts a ticket.
struct Fate {
  bool not_a_ticket = false;
  Move move = Move::kRoute;
  Rank rank = Rank::kNormal;
  std::string team;
  std::string person;
  std::string because;  // the text of the reason that decided
  // `because` is not compared: the same place for another reason is the same place.
  bool SamePlace(const Fate& other) const;
};

struct ReplayRow {
  std::string ticket;
  Fate before;
  Fate after;
};

struct ReplayReport {
  int looked_at = 0;
  int without_text = 0;  // their texts were removed: not looked at
  std::vector<ReplayRow> changed;
};

// The announcement of a new book looks at so many of the last tickets.
inline constexpr int kReplayed = 200;

// Asks both books about the newest `limit` tickets that a customer sent. kTransient: the store did not answer.
Result<ReplayReport> Replay(store::Tickets& tickets, const rules::RuleBook& before, const rules::RuleBook& after,
                            int limit);

// "6 of the last 200 tickets would have gone elsewhere".
std::string Summary(const ReplayReport& report);

// How many of the newest `limit` tickets carry each topic, `unsure` among them. kTransient: the store did not answer.
Result<std::map<std::string, int>> CountTopics(store::Tickets& tickets, int limit);

}  // namespace tr::review
