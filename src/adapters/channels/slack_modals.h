#pragma once
// Modals: what does not fit on a card. Each is a `view` for views.open (docs.slack.dev, Modals: 100 blocks, 250 KB).

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "channels/slack_actions.h"
#include "channels/slack_menu.h"
#include "handoff/card.h"

namespace tr::channels {

// The names under which a submission gives back what was put in.
inline constexpr int kModalParts = 5;  // what a split may have
inline constexpr std::string_view kModalElement = "v";
inline constexpr std::string_view kPlaceBlock = "place";
std::string TopicBlock(int part);  // "topic1" …
std::string TextBlock(int part);   // "text1" …

// Every message of the customer, as far as a modal holds them; then where the rest is.
boost::json::object WholeMessageModal(const handoff::Card& card);

// Every reason with its line, the reading and the words that it went by.
boost::json::object WhyModal(const handoff::Card& card);

// Two to five parts; the first begins with the present topic and the customer's words.
boost::json::object SplitModal(const handoff::Card& card, const Places& places, const CardSpot& spot);

boost::json::object ReassignModal(const Places& places, const CardSpot& spot);

}  // namespace tr::channels
