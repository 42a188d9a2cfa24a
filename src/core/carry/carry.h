#pragma once
// In: the read ports and store::Dump. Out: everything that an installation knows as lines of JSON, and back into an
// empty store, whichever backend stands behind the ports. Never: a file, a row that is not in a port's words.
// Start at: Export, Import; the lines are in rows.h.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "queue/queue.h"
#include "rules/shelf.h"
#include "store/dump.h"
#include "store/ledger.h"
#include "store/usage.h"

namespace tr::carry {

struct Ports {
  store::Dump& dump;
  store::Tickets& tickets;
  store::Originals& originals;
  store::People& people;
  rules::RuleShelf& shelf;
  queue::Queue& queue;
  store::Usage& usage;
};

// The longest line: an original of 40 MiB in base 64, and its name.
inline constexpr std::size_t kMaxLine = 64 * 1024 * 1024;

// Takes one line, without its end.
using Sink = std::function<Result<void>(std::string_view line)>;
// Gives the next line, without its end; nothing when there is no more.
using Source = std::function<Result<std::optional<std::string>>()>;

struct Counts {
  std::int64_t lines = 0;
  std::int64_t tickets = 0;
};

// Every line, the same for the same contents: rules, people, what reading cost by month, each ticket with its messages,
// their originals and its readings, deliveries, corrections, audit, keys. Of an older book whose pieces are gone its
// place in the row. Not carried: a channel's turn (a matter of minutes), originals that no message names, the intake's
// queue (a sweep finds what waits). Memory: one line. Faults as the ports and the sink.
Result<Counts> Export(const Ports& ports, const Sink& sink);

// Reads to the end and stores nothing. kInvalid: the line that is wrong, by its number; not the file of an export; cut
// off; of a newer version.
Result<Counts> Check(const Source& source);

// Puts every line in; an original takes the name of its bytes. A message that stands among the dead letters is sent to
// the queue again. kInvalid: as Check. kConflict: the store is not empty; nothing was changed. Faults as the ports:
// then half is there; begin again with an empty store.
Result<Counts> Import(const Ports& ports, const Source& source);

}  // namespace tr::carry
