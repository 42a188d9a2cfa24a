#pragma once
// Customers' and managers' words in the three places where Slack takes text: the elements of a rich text and the
// plain_text objects, which Slack shows as they are, and the fallback `text` of a message, which it parses.
//
// Lengths are counted in characters (code points), as Slack counts them, and cut at one.

#include <cstddef>
#include <string>
#include <string_view>

namespace tr::channels {

// For plain_text objects and rich text elements: valid UTF-8, without control characters (line breaks and tabs stay)
// and without the marks that turn the direction of what stands beside them; at most `most` characters, an ellipsis
// marking a cut.
std::string SlackPlain(std::string_view text, std::size_t most);

// The same on one line.
std::string SlackLine(std::string_view text, std::size_t most);

// For a message's `text`: besides, `&`, `<` and `>` are written as entities (docs.slack.dev, Formatting message text:
// these three and no other) and counted so, no cut falls into one, and characters that format (* _ ~ `) or mention (@)
// are followed by a zero-width space or replaced, because Slack has no escape for them.
std::string SlackEscaped(std::string_view text, std::size_t most);

// How many characters Slack counts. REQUIRES: UTF-8.
std::size_t SlackLength(std::string_view text);

}  // namespace tr::channels
