#pragma once
// The demo's last words: what became of everything that came in.

#include <map>
#include <string>

#include "base/result.h"
#include "cli/demo_lines.h"
#include "wiring/app.h"

namespace tr::cli {

// What became of all tickets so far, counted in the store.
struct Tally {
  std::map<std::string, int> by_team;  // landed
  int jumped = 0;
  int held = 0;
  int set_aside = 0;
  int joined = 0;
  int corrected = 0;
  long median_millis = 0;  // from arrival to landing
};
Result<Tally> Count(wiring::App& app);
std::string SummaryText(const Paper& paper, const Tally& tally, const std::string& rules_dir);

}  // namespace tr::cli
