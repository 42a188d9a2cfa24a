#pragma once
// The signed links of an e-mail card: who may do what to which ticket, until when. Whoever holds one may do that one
// thing, so they go to the team alone; nothing about them is stored.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/redact.h"
#include "base/result.h"

namespace tr::channels {

// A card that lay in an inbox for longer shows a ticket that has moved on.
inline constexpr Duration kLinkLife = std::chrono::days(14);

struct CardLink {
  std::string who;           // the address that the card went to: a person's, or a team's inbox
  std::string action;        // "take", "reassign", …: the API's name
  std::string topic;         // a one-click reassign; empty: the page asks
  std::string ticket;        // id
  std::int64_t version = 0;  // of the ticket as the card showed it
  Time until{};
  bool operator==(const CardLink&) const = default;
};

// Fit for a URL's path as it is: letters, digits, "-", "_" and one ".". REQUIRES: a key that is not empty.
std::string MakeLinkToken(const Secret& key, const CardLink& link);

// kInvalid: cut, changed or not signed with this key. kNotFound: its time is over.
Result<CardLink> ReadLinkToken(const Secret& key, std::string_view token, Time now);

}  // namespace tr::channels
