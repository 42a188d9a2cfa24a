#pragma once
// Urgency, tone and signals by the words that people use for them.

#include <cstddef>
#include <vector>

#include "read/embedded/tokens.h"
#include "ticket/words.h"

namespace tr::read {

// Words of the text that said something: indices into Tokens::words, both ends included.
struct Quote {
  std::size_t first = 0;
  std::size_t last = 0;
};

struct Cues {
  Urgency urgency = Urgency::kLow;
  Tone tone = Tone::kCalm;
  Signals signals;
  double heat = 0;            // behind the tone, finer: 0 is calm; no upper end
  std::vector<Quote> quotes;  // in the order of the text
};

// Total; linear in the words.
Cues FindCues(const Tokens& tokens);

}  // namespace tr::read
