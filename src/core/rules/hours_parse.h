#pragma once
// A team's Hours: "Mon-Fri 8:00-12:00, 12:30-17:00; Sat 9:00-13:00", or "always".

#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/book.h"

namespace tr::rules {

struct TeamHours {
  bool always_open = true;
  std::vector<WeekSpan> spans;  // ascending, apart; empty when always_open
  bool overlapped = false;      // two spans that were written share time
};

// kInvalid: says what is wrong with the cell and how to write it. An empty cell is "always".
Result<TeamHours> ParseTeamHours(std::string_view cell);

}  // namespace tr::rules
