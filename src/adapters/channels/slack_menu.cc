#include "channels/slack_menu.h"

#include <algorithm>
#include <utility>

#include "channels/slack_blocks.h"
#include "channels/slack_text.h"

namespace tr::channels {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestName = 140;  // with "person:" below kSlackOptionValue
constexpr std::size_t kNameInLabel = 30;   // two of them and a kind fit into a group's label

void AddPerson(std::vector<std::string>& people, const std::string& person) {
  if (!person.empty() && std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
}

std::vector<std::string> Short(const std::vector<std::string>& names) {
  std::vector<std::string> fitting;
  std::copy_if(names.begin(), names.end(), std::back_inserter(fitting),
               [](const std::string& name) { return SlackLength(name) <= kLongestName; });
  return fitting;
}

std::string GroupLabel(std::string_view kind, const std::vector<std::string>& names, std::size_t first,
                       std::size_t last) {
  if (names.size() <= kSlackOptions) return std::string(kind);
  return std::string(kind) + ": " + SlackLine(names[first], kNameInLabel) + " – " +
         SlackLine(names[last - 1], kNameInLabel);
}

void AddGroups(json::array& groups, std::string_view kind, std::string_view prefix,
               const std::vector<std::string>& all) {
  const std::vector<std::string> names = Short(all);
  for (std::size_t first = 0; first < names.size() && groups.size() < kSlackOptions; first += kSlackOptions) {
    const std::size_t last = std::min(names.size(), first + kSlackOptions);
    json::array options;
    for (std::size_t i = first; i < last; ++i) options.push_back(Option(names[i], std::string(prefix) + names[i]));
    groups.push_back(json::object{{"label", PlainText(GroupLabel(kind, names, first, last), kSlackLabel)},
                                  {"options", std::move(options)}});
  }
}

}  // namespace

Places PlacesOf(const rules::RuleBook& book) {
  Places places;
  for (const rules::Topic& topic : book.topics) places.topics.push_back(topic.name);
  for (const rules::Team& team : book.teams) {
    places.teams.push_back(team.name);
    for (const std::string& member : team.members) AddPerson(places.people, member);
    AddPerson(places.people, team.lead);
    AddPerson(places.people, team.manager);
  }
  std::sort(places.people.begin(), places.people.end());
  return places;
}

json::array PlaceGroups(const Places& places) {
  json::array groups;
  AddGroups(groups, "Topics", "topic:", places.topics);
  AddGroups(groups, "Teams", "team:", places.teams);
  AddGroups(groups, "People", "person:", places.people);
  return groups;
}

std::size_t CountPlaces(const Places& places) {
  return Short(places.topics).size() + Short(places.teams).size() + Short(places.people).size();
}

json::array TopicGroups(const Places& places) {
  json::array groups;
  AddGroups(groups, "Topics", "", places.topics);
  return groups;
}

std::optional<json::object> FindOption(const json::array& groups, std::string_view value) {
  for (const json::value& group : groups) {
    for (const json::value& option : group.at("options").as_array()) {
      if (option.at("value").as_string() == value) return option.as_object();
    }
  }
  return std::nullopt;
}

std::optional<correct::Reassign> ReadPlace(std::string_view value) {
  const std::size_t colon = value.find(':');
  if (colon == std::string_view::npos || colon + 1 == value.size()) return std::nullopt;
  const std::string_view kind = value.substr(0, colon);
  const std::string name(value.substr(colon + 1));
  if (kind == "topic") return correct::Reassign{name, "", ""};
  if (kind == "team") return correct::Reassign{"", name, ""};
  if (kind == "person") return correct::Reassign{"", "", name};
  return std::nullopt;
}

}  // namespace tr::channels
