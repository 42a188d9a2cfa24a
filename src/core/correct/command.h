#pragma once
// In: base, ticket, rules, store, queue, route, handoff. Out: what a human may do to a ticket, and what it teaches.
// Never: how the human said it (Slack, console, CLI, API). Start at: Correct::Apply.

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/result.h"
#include "handoff/plan.h"
#include "queue/queue.h"
#include "rules/book.h"
#include "store/ledger.h"

namespace tr::correct {

// Exactly one of the three is set. A topic: topic and team change. A team: the topic becomes that team's topic, or of
// several the likeliest by the last reading's ranking. A person: their team's queue under their name.
struct Reassign {
  std::string topic;
  std::string team;
  std::string person;
};

// A human's urgency: above floors and words.
struct Bump {
  Urgency urgency = Urgency::kHigh;
  std::string reason;  // for the audit; may be empty
};

struct Part {
  std::string topic;
  std::string text;  // taken from the ticket's words by the human
};

// Two to five parts; each becomes a ticket of its own; the original ends in `split`. Text given to no part goes to the
// first (the whole of it: what no part repeats).
struct Split {
  std::vector<Part> parts;
};

// Ends this ticket in `merged` into the other; of another customer only with `confirm`. Links, moves no messages.
struct Merge {
  std::string into;
  bool confirm = false;
};

struct Take {};
struct Release {};  // a taken ticket back to its queue, a done one opened again
struct Done {};
struct Undo {};
struct Restore {};  // set aside or suspect → received, read as any ticket

using Action = std::variant<Reassign, Bump, Split, Merge, Take, Release, Done, Undo, Restore>;
store::CorrectionKind KindOf(const Action& action);

struct Command {
  std::string ticket;
  std::int64_t version = 0;     // what the human saw
  std::string idempotency_key;  // empty: none; the same key again answers as the first time and changes nothing
  std::string by;               // address of a known person, or "admin"
  Action action;
};

struct CorrectPorts {
  store::Ledger& ledger;
  store::Tickets& tickets;
  store::Lookups& lookups;
  store::Corrections& corrections;
  store::Audit& audit;
  queue::Queue& queue;
  IdSource& ids;
  Clock& clock;
  Log& log;
};

struct Corrected {
  Ticket ticket;                         // as it is now
  std::vector<handoff::Outgoing> begun;  // to be delivered now
  std::vector<std::string> made;         // tickets that a split made, or that restore, undo or release queued again
};

class Correct {
 public:
  // `book` gives the book in force, or null while there is none.
  Correct(CorrectPorts ports, handoff::Settings settings, std::function<rules::RuleBookPtr()> book);

  // One commit: ticket, entry, card, correction (with the redacted text that becomes a labelled example) and audit with
  // before and after. Faults: kTransient (also while there is no rule book in force); kNotFound (no such ticket);
  // kConflict (another version; reload and show it); kInvalid (an unknown topic, team or person: the text names the
  // known ones; an action that the state does not allow: says which it does; parts that are too few or too many; a
  // merge into itself or of strangers without confirm; an undo that something later stands in the way of: says what);
  // kPermanent never.
  Result<Corrected> Apply(const Command& command);

 private:
  CorrectPorts ports_;
  handoff::Settings settings_;
  std::function<rules::RuleBookPtr()> book_;
};

}  // namespace tr::correct
