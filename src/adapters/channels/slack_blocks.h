#pragma once
// The pieces of Slack's Block Kit that our messages and modals are made of, each within its documented limit
// (docs.slack.dev, Block Kit reference; what is longer is cut, so that Slack refuses nothing for its length). Words of
// other people stand in plain_text objects and rich text elements only: Slack parses neither.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tr::channels {

inline constexpr std::size_t kSlackBlocks = 50;        // of a message
inline constexpr std::size_t kSlackModalBlocks = 100;  // of a modal
inline constexpr std::size_t kSlackSection = 3000;     // characters of one text
inline constexpr std::size_t kSlackLabel = 75;         // of a button, an option, an option group
inline constexpr std::size_t kSlackOptionValue = 150;
inline constexpr std::size_t kSlackButtonValue = 2000;
inline constexpr std::size_t kSlackOptions = 100;    // of a menu or a group; and groups of a menu
inline constexpr std::size_t kSlackContext = 10;     // elements
inline constexpr std::size_t kSlackTitle = 24;       // of a modal, and its buttons
inline constexpr std::size_t kSlackPrivate = 3000;   // private_metadata
inline constexpr std::size_t kSlackFallback = 4000;  // a message's `text`

// {"type":"plain_text"}, with no :name: turned into a picture. Never empty: Slack refuses that.
boost::json::object PlainText(std::string_view text, std::size_t most);

// Elements of a rich text section; an empty text becomes a space.
boost::json::object RichWords(std::string_view text, bool bold = false);
boost::json::object RichLink(std::string_view url, std::string_view words, bool bold = false);
boost::json::object RichMention(std::string_view user);

// Blocks.
boost::json::object RichSection(boost::json::array elements);
boost::json::object RichQuote(std::string_view text);
boost::json::object Preformatted(std::string_view text);
// One grey line; at most ten texts, empty ones left out. REQUIRES: one is not empty.
boost::json::object ContextLine(const std::vector<std::string>& texts);
boost::json::object ActionRow(std::string_view block_id, boost::json::array elements);

// Elements of an action row. `style` is "primary", "danger" or empty.
boost::json::object Button(std::string_view action, std::string_view label, std::string_view value,
                           std::string_view style = "");

// One entry of a menu. REQUIRES: value of at most kSlackOptionValue characters.
boost::json::object Option(std::string_view label, std::string_view value);

// A menu of at most 100 options, or in groups of at most 100.
boost::json::object Menu(std::string_view action, std::string_view placeholder, boost::json::array options);
boost::json::object GroupedMenu(std::string_view action, std::string_view placeholder, boost::json::array groups);

// An input of a modal around an element.
boost::json::object Input(std::string_view block_id, std::string_view label, boost::json::object element,
                          bool optional);

// A text cut into pieces of at most kSlackSection characters, at a line's end where there is one, at most `most`
// pieces.
std::vector<std::string> Pieces(std::string_view text, std::size_t most);

}  // namespace tr::channels
