#pragma once
// The demo's sample tickets, as tickets.txt has them: what comes in, by which lane, and what is to become of it.

#include <string>
#include <string_view>
#include <vector>

#include "intake/accept.h"
#include "intake/mail_lane.h"
#include "rules/book.h"

namespace tr::cli {

struct Sample {
  std::string name;
  Lane lane = Lane::kMail;
  std::string text;      // a raw mail; "field: value" lines, an empty one and a message; a chat tool's payload
  std::string expected;  // "route Shipping", "joins NAME, priority", "taken NAME", "set aside", "suspect"
  std::string teaches;   // lands wrongly, and belongs to this topic; empty for most
  bool learned = false;  // is as expected only after that was corrected
};

// kInvalid: a line that begins with "%%" and has another shape than the file's head says; says which.
Result<std::vector<Sample>> ParseSamples(std::string_view text);

// What the sample's lane makes of it. Faults: those of the lanes.
Result<intake::Arrival> ArrivalOf(const Sample& sample, const intake::MailSettings& settings,
                                  const rules::RuleBook* book);

}  // namespace tr::cli
