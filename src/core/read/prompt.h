#pragma once
// The one question that a model is asked about a ticket, inside a budget of tokens.

#include <cstdint>
#include <string>
#include <vector>

#include "read/examples.h"
#include "read/model.h"
#include "read/reader.h"

namespace tr::read {

// Input tokens of one request, tool schema and the vendor's hidden tokens included, by the rule of token_estimate.h.
inline constexpr std::int64_t kUsualTokens = 1100;   // on average, over a shop's tickets
inline constexpr std::int64_t kFilledTokens = 1070;  // examples fill up to this, which leaves room for the average
inline constexpr std::int64_t kMostTokens = 2000;    // nothing is ever sent above this, the repair included
inline constexpr std::size_t kTopicsOffered = 15;
inline constexpr std::size_t kExamplesOffered = 4;

struct PromptInput {
  const Text& text;
  std::vector<const rules::Topic*> topics;  // that are offered, the likeliest first; at most kTopicsOffered count
  std::vector<Example> examples;            // the best first
  std::int64_t hidden_tokens = 0;           // of the vendor
  double ratio = 1;                         // of the vendor's tokens to the rule's: TokenGauge::ratio
  bool redact = true;
};

struct Prompt {
  ModelRequest request;
  std::vector<std::string> labels;          // what the model may call the topics, beside "unsure"
  std::vector<const rules::Topic*> topics;  // the topic of each label
  std::int64_t estimate = 0;                // tokens, without `ratio`
};

// Total. Topics stand in the sheet's order; their meanings are cut, then left out, then the unlikeliest topics are, and
// last the ticket is cut in the middle, as far as the budget needs it.
Prompt MakePrompt(const PromptInput& input);

// The same question after an answer that was refused for `why`, which is cut where it is long: MakePrompt left room.
Prompt AskAgain(Prompt prompt, const std::string& why);

}  // namespace tr::read
