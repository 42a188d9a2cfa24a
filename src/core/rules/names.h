#pragma once
// The names that one book knows, for looking up what a cell or bullet means. Every look-up takes constant time.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/book.h"
#include "rules/problems.h"

namespace tr::rules {

class Names {
 public:
  // A name's row when it is already taken (case-blind), else nothing and it is taken.
  std::optional<int> AddTeam(const Team& team);
  std::optional<int> AddTopic(const Topic& topic);
  // A row that starts with "#": its name is not known, but worth a word in the error.
  void SwitchOffTopic(std::string_view name, int row);

  // The piece could not be read at all: unknown names of it are then no errors of their own.
  void TeamsUnreadable() { teams_readable_ = false; }
  void TopicsUnreadable() { topics_readable_ = false; }

  // A team's name, or a person's address. Reports what is unknown and gives nothing. `said` is what the error quotes:
  // "goes to Biling", or the name itself.
  std::optional<Place> FindPlace(std::string_view text, std::string_view said, const Where& where, Problems& problems);
  // The topic as the sheet spells it.
  std::optional<std::string> FindTopic(std::string_view name, const Where& where, Problems& problems);

  bool IsTeam(std::string_view name) const;
  // Whether anybody in any role has this address (lower case).
  bool IsKnownPerson(std::string_view address) const { return people_.contains(std::string(address)); }
  bool teams_readable() const { return teams_readable_; }

 private:
  std::optional<Place> FindPerson(std::string_view text, const Where& where, Problems& problems);
  std::string NearMember(const std::string& address) const;
  std::string TopicHint(std::string_view name) const;

  bool teams_readable_ = true;
  bool topics_readable_ = true;
  std::unordered_map<std::string, std::pair<std::string, int>> teams_;   // folded: as spelled, row
  std::unordered_map<std::string, std::pair<std::string, int>> topics_;  // folded: as spelled, row
  std::unordered_map<std::string, int> switched_off_;
  std::unordered_map<std::string, std::string> member_of_;  // address: the first team that names it in Members
  std::unordered_map<std::string, bool> people_;
  std::vector<std::string> team_list_;  // as spelled
  std::vector<std::string> topic_list_;
  std::string team_listing_;  // what errors show of them, sorted
  std::string topic_listing_;
  std::vector<std::string> members_;
};

// A name as it is looked up: folded, single blanks.
std::string NameKey(std::string_view name);

}  // namespace tr::rules
