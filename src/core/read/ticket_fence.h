#pragma once
// A customer's text on its way into a prompt: cleaned, redacted, cut, and fenced so that it cannot get out.

#include <cstdint>
#include <string>

#include "read/reader.h"

namespace tr::read {

struct FencedTicket {
  std::string fence;  // "ticket-1f0c…": stands nowhere in the ticket
  std::string text;   // "<FENCE>\nSubject: …\n\n…\n</FENCE>"
};

// What a model may see of it: SeenText, because what nobody sees hides orders from people; with `redact` also without
// card numbers, IBANs and keys (base/redact.h). Of texts over 64 KiB the head and the tail.
std::string CleanForModel(std::string_view text, bool redact);

// The ticket with at most so many tokens of text (its fence not counted); the middle goes. The fence is made of the
// text's own digest, so a text would have to hold its own hash to close it.
FencedTicket Fence(const Text& text, bool redact, std::int64_t max_tokens);

// A text as one JSON string on one line, cut to so many bytes: for examples, which are data as well.
std::string QuoteForModel(std::string_view text, std::size_t max_bytes);

}  // namespace tr::read
