#pragma once
// How loudly: the highest of all priority rules and standard rules that fit, unless the written exception fits.

#include "route/inquiry.h"

namespace tr::route {

struct Loudness {
  Rank rank = Rank::kNormal;
  ReasonAt decided;
};

// Adds every rule that fits to the inquiry's reasons and marks the one that decided: of the written rules of the
// deciding rank the first on the page, else the first standard rule. The order of the book's rules does not matter.
Loudness FindLoudness(Inquiry& inquiry);

}  // namespace tr::route
