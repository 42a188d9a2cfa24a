#pragma once
// Where a ticket can be sent, as menus: topics, teams and people of the rule book.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "correct/command.h"
#include "rules/book.h"

namespace tr::channels {

struct Places {
  std::vector<std::string> topics;
  std::vector<std::string> teams;
  std::vector<std::string> people;  // addresses, each once
};

Places PlacesOf(const rules::RuleBook& book);

// Groups of at most 100 options each, "Topics", "Teams", "People"; more than 100 of a kind are in several groups that
// say their first and last entry. At most 100 groups. A name that no option value can hold (140 characters) is left
// out: the console has it.
boost::json::array PlaceGroups(const Places& places);

// How many options that makes.
std::size_t CountPlaces(const Places& places);

// The topics alone, in groups, for the parts of a split; an option's value is the topic.
boost::json::array TopicGroups(const Places& places);

// The option of a grouped menu with that value; nothing where there is none.
std::optional<boost::json::object> FindOption(const boost::json::array& groups, std::string_view value);

// What an option of PlaceGroups means: "topic:refund", "team:Billing", "person:dana@shop.example". Nothing: none of
// these.
std::optional<correct::Reassign> ReadPlace(std::string_view value);

}  // namespace tr::channels
