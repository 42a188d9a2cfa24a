#pragma once
// What goes along with a call to the outside: until when it is worth waiting, and whose ticket it serves.

#include <string>

#include "base/clock.h"

namespace tr {

struct Call {
  Time deadline{};    // an answer after this is of no use; adapters cut their time-outs to it
  std::string trace;  // the ticket's id, or the request's: stands in every log line of the call
};

}  // namespace tr
