#pragma once
// A handoff::Card as a Slack message. Buttons hold ids and the version that their human saw, nothing else.

#include <boost/json/array.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "channels/slack_menu.h"
#include "handoff/card.h"

namespace tr::channels {

// What chat.postMessage and chat.update take: `text` is what notifications show.
struct SlackMessage {
  std::string text;
  boost::json::array blocks;
};

// What a card needs beside the ticket.
struct SlackLook {
  Places places;               // for the menus
  std::string intake_address;  // goes into the Cc of answers; empty: no Answer link
};

// Which ticket a button is about, and what its human saw of it: "01J….7".
struct CardKey {
  std::string ticket;
  std::int64_t version = 0;
};
std::string Spell(const CardKey& key);
// Nothing: not such a key.
std::optional<CardKey> ReadCardKey(std::string_view text);

// The live card. `detour` says why it comes here and not into its team's channel; empty where it does not.
SlackMessage LiveCard(const handoff::Card& card, const SlackLook& look, const std::string& detour);

// What stays in a channel that the ticket left: where it went, by whom, and Undo where a person moved it.
SlackMessage MovedCard(const handoff::Card& card);

// Somebody is named: `user` is their Slack id, or empty (then `person` stands as it is). `why`: the router's own words
// where it is not the ticket's first ping.
SlackMessage PingMessage(const handoff::Card& card, const std::string& person, const std::string& role,
                         const std::string& user, const std::string& why = "");

// A later message of the customer, for the thread; `user` has the ticket and is mentioned, unless empty.
SlackMessage ThreadMessage(const handoff::Card& card, int message, const std::string& user);

// A digest or an announcement.
SlackMessage PlainMessage(const std::string& subject, const std::string& text);

}  // namespace tr::channels
