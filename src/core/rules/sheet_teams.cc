#include <date/tz.h>

#include <algorithm>
#include <exception>
#include <string>
#include <unordered_set>

#include "base/text.h"
#include "rules/hours_parse.h"
#include "rules/sheet_cells.h"
#include "rules/sheet_table.h"
#include "rules/sheet_tabs.h"
#include "rules/suggest.h"

namespace tr::rules {
namespace {

enum Column : std::size_t { kTeam, kInbox, kChannel, kLead, kManager, kMembers, kHours, kZone, kTakeWithin, kNotes };

const TableShape& Shape() {
  static const TableShape shape{"teams",
                                {{"Team", true},
                                 {"Inbox", true},
                                 {"Slack channel"},
                                 {"Lead"},
                                 {"Manager"},
                                 {"Members"},
                                 {"Hours"},
                                 {"Time zone"},
                                 {"Take within"},
                                 {"Notes"}}};
  return shape;
}

// " Did you mean Europe/Berlin?", for a slip, another case or the city alone.
std::string ZoneHint(const std::string& name) {
  const std::string tail = "/" + Fold(name);
  std::vector<std::string> near;  // all of one first letter: a slip rarely stands there
  for (const auto& zone : date::get_tzdb().zones) {
    const std::string folded = Fold(zone.name());
    if (folded == tail.substr(1) || folded.ends_with(tail)) return " Did you mean " + zone.name() + "?";
    if (folded.front() == tail[1]) near.push_back(zone.name());
  }
  return DidYouMean(name, near);
}

// What is wrong with the zone's name, or nothing. A machine without a zone database cannot say.
std::string ZoneFault(const std::string& name, Problems& problems) {
  try {
    date::locate_zone(name);
    return {};
  } catch (const std::exception&) {
  }
  try {
    const std::string hint = name.size() <= 64 && problems.MaySuggest() ? ZoneHint(name) : std::string();
    return Quote(name) + " is no time zone." + (hint.empty() ? " Write it like Europe/Berlin." : hint);
  } catch (const std::exception&) {
    return {};
  }
}

class TeamRow {
 public:
  TeamRow(const Table::Row& row, Problems& problems) : row_(row), problems_(problems) {
    team_.row = row.number;
    team_.name = row.cells[kTeam];
  }

  Team Read() {
    if (team_.name.empty()) Error(kTeam, "is empty. Name the team, or delete the row.");
    if (team_.name.find('@') != std::string::npos) {
      Error(kTeam, Quote(team_.name) + " looks like an address. A team needs a name of its own.");
    }
    if (row_.broken) return std::move(team_);
    ReadInto(kInbox, ParseAddress, team_.inbox);
    ReadInto(kChannel, ParseChannel, team_.slack_channel);
    ReadInto(kLead, ParseAddress, team_.lead);
    ReadInto(kManager, ParseAddress, team_.manager);
    ReadMembers();
    ReadHours();
    ReadZone();
    ReadTakeWithin();
    return std::move(team_);
  }

 private:
  Where At(Column column) const { return {"teams", row_.number, std::string(Shape().columns[column].name)}; }
  void Error(Column column, std::string text) { problems_.Error(At(column), std::move(text)); }

  template <typename Parse>
  void ReadInto(Column column, Parse parse, std::string& field) {
    const std::string& cell = row_.cells[column];
    if (cell.empty()) return;
    Result<std::string> value = parse(cell);
    if (value.ok())
      field = *std::move(value);
    else
      Error(column, value.fault().text);
  }

  void ReadMembers() {
    std::string cell = row_.cells[kMembers];
    std::replace(cell.begin(), cell.end(), ';', ',');
    std::replace(cell.begin(), cell.end(), ' ', ',');
    for (const std::string_view part : SplitText(cell, ',')) {
      if (part.empty()) continue;
      Result<std::string> member = ParseAddress(part);
      if (!member.ok()) return Error(kMembers, member.fault().text + " Write a comma between two people.");
      if (seen_.insert(*member).second) team_.members.push_back(*std::move(member));
    }
  }

  void ReadHours() {
    const std::string& cell = row_.cells[kHours];
    Where where = At(kHours);
    where.cell = cell;
    Result<TeamHours> hours = ParseTeamHours(cell);
    if (!hours.ok()) return problems_.Error(where, hours.fault().text);
    if (hours->overlapped) problems_.Warning(where, "two of its spans overlap. They count as one.");
    team_.always_open = hours->always_open;
    team_.hours = std::move(hours->spans);
  }

  void ReadZone() {
    const std::string& cell = row_.cells[kZone];
    if (cell.empty()) return;
    const std::string fault = ZoneFault(cell, problems_);
    if (!fault.empty()) return Error(kZone, fault);
    team_.time_zone = cell;
  }

  void ReadTakeWithin() {
    const std::string& cell = row_.cells[kTakeWithin];
    if (cell.empty()) return;
    const Result<std::chrono::minutes> span = ParseSpan(cell);
    if (!span.ok()) return Error(kTakeWithin, span.fault().text);
    team_.take_within = *span;
  }

  const Table::Row& row_;
  Problems& problems_;
  std::unordered_set<std::string> seen_;
  Team team_;
};

}  // namespace

void ParseTeams(std::string_view text, RuleBook& book, Names& names, Problems& problems) {
  const std::optional<Table> table = Table::Read(Shape(), text, problems);
  if (!table) return names.TeamsUnreadable();
  if (table->damaged()) names.TeamsUnreadable();
  for (const Table::Row& row : table->rows()) {
    if (row.off) continue;
    Team team = TeamRow(row, problems).Read();
    const std::optional<int> before = names.AddTeam(team);
    if (before && !team.name.empty()) {
      problems.Error({"teams", row.number, "Team"},
                     Quote(team.name) + " is already in row " + std::to_string(*before) + ". Delete one of the two.");
    }
    book.teams.push_back(std::move(team));
  }
  if (book.teams.empty() && !table->damaged()) {
    problems.Error({"teams"}, "has no teams. Write one row for each team.");
    names.TeamsUnreadable();
  }
}

}  // namespace tr::rules
