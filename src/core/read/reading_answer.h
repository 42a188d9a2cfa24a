#pragma once
// What a model filled in becomes a reading, or is refused.

#include <boost/json/value.hpp>

#include "base/result.h"
#include "read/prompt.h"
#include "read/reader.h"

namespace tr::read {

// How much a model's word is worth. Language models say 95 % of themselves and are right less often; nobody has
// measured this one on this shop's tickets. So: nine tenths of what it says. Where the embedded reader, which knows
// the sheet and the corrections, is sure of another topic, one of the two is wrong: six tenths of that, and below the
// threshold of the topic in any case, so that the ticket is held whatever the model says.
inline constexpr double kModelTrust = 0.9;
inline constexpr double kContradicted = 0.6;
inline constexpr double kModelSureAt = 0.6;

// Checks every member against the form: none missing, none that the form does not have, each of its type, each name one
// of its names. Evidence that does not stand in the subject or the text word for word, or is longer than 200 bytes, is
// dropped; so is a runner-up that is no topic offered. `second` is the embedded reader's opinion.
// kInvalid: the member that is refused and what it takes; never what the model wrote.
Result<Reading> ReadingOf(const boost::json::value& input, const Prompt& prompt, const Text& text,
                          const rules::RuleBook& book, const Reading& second);

}  // namespace tr::read
