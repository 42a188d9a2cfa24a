#pragma once
// The one table of allowed steps between a ticket's states.

#include "ticket/words.h"

namespace tr {

// Whether a ticket in `from` may become `to`. A state may always stay what it is.
//   received  → read, landed, merged, set_aside, suspect, split
//   read      → landed, merged, set_aside
//   landed    → taken, done, merged, split
//   taken     → landed, done, merged, split
//   done      → landed (reopened), merged
//   merged    → landed, taken, done (undone: back to what it was)
//   split     → landed, taken (undone)
//   set_aside → received (restored)
//   suspect   → received (restored)
bool MayStep(State from, State to);

// Still somebody's work: received, read, landed or taken.
bool IsOpen(State state);

// Stands in a team's queue: landed or taken.
bool IsQueued(State state);

}  // namespace tr
