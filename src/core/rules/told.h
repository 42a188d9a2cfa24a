#pragma once
// What triage was told about the rules: the note that a shelf keeps for Sync.

#include <string>
#include <string_view>

namespace tr::rules {

// One announcement at a time. It is noted before it is made (sure: false) and after it (sure: true), so that one which
// was cut off is made again, under the same name; a count keeps two announcements of the same words apart.
struct Told {
  int count = 0;     // of announcements begun
  int version = 0;   // the last version that was told for sure; 0: none
  bool sure = true;  // whether the last announcement was made
  // What the last announcement was: "v18" (a version), "bad:DIGEST" (pieces in trouble), "mended"; empty: none yet.
  std::string about;
  bool operator==(const Told&) const = default;
};

// "7 17 sure bad:1f2e…".
std::string Format(const Told& told);

// Total: a note that was written otherwise counts as none, and what is in force is told once more.
Told ParseTold(std::string_view note);

// "7#bad:1f2e3d4c": names the announcement.
std::string EventOf(const Told& told);

}  // namespace tr::rules
