#include "base/text.h"
#include "rules/doc.h"
#include "rules/doc_settings.h"
#include "rules/sheet_cells.h"
#include "rules/suggest.h"

namespace tr::rules {
namespace {

constexpr std::string_view kWaits = "ping when the team is back";
constexpr std::string_view kAtOnce = "ping at once";
constexpr std::string_view kAwayShape = "\"away: dana@shop.example until 2026-12-05, luis@shop.example instead\"";
// As far as the hours look ahead for the next open moment.
constexpr int kMostClosedDays = 366;

void SetWaits(const Setting& setting, const Bullet& bullet, bool& field, Problems& problems) {
  const std::string value = NameKey(setting.value);
  if (value == kWaits || value == kAtOnce) {
    field = value == kWaits;
    return;
  }
  const std::string near = Suggest(value, {std::string(kWaits), std::string(kAtOnce)});
  problems.Error(At(bullet), Quote(setting.value) + " is not understood." +
                                 (near.empty() ? " Write \"ping when the team is back\" or \"ping at once\"."
                                               : " Did you mean \"" + near + "\"?"));
}

// Cuts at a word that stands between blanks; the whole is the first part without it.
std::pair<std::string_view, std::string_view> CutAt(std::string_view text, std::string_view word) {
  const std::string spaced = " " + std::string(word) + " ";
  const std::size_t at = ToLowerAscii(text).find(spaced);
  if (at == std::string::npos) return {Trim(text), {}};
  return {Trim(text.substr(0, at)), Trim(text.substr(at + spaced.size()))};
}

void ReadClosed(const Setting& setting, const Bullet& bullet, RuleBook& book, Problems& problems) {
  bool any = false;
  for (const std::string_view part : SplitText(setting.value, ',')) {
    if (Trim(part).empty()) continue;
    any = true;
    const auto [from, to] = CutAt(part, "to");
    const Result<std::chrono::local_days> first = ParseDate(from);
    const Result<std::chrono::local_days> last = ParseDate(to.empty() ? from : to);
    if (!first.ok() || !last.ok()) {
      problems.Error(At(bullet), (first.ok() ? last : first).fault().text);
    } else if (*last < *first) {
      problems.Error(At(bullet), Quote(Trim(part)) + " ends before it starts. Write " + std::string(to) + " to " +
                                     std::string(from) + ".");
    } else if ((*last - *first).count() > kMostClosedDays) {
      problems.Error(At(bullet), Quote(Trim(part)) + " is longer than a year. Check the years.");
    } else {
      book.hours.closed.push_back({*first, *last});
    }
  }
  if (!any)
    problems.Error(At(bullet), "\"closed\" names no day. Write it like closed: 2026-12-24 to 2026-12-26, 2027-01-01.");
}

std::optional<std::string> ReadPerson(std::string_view text, const Bullet& bullet, const Names& names,
                                      Problems& problems) {
  const Result<std::string> address = ParseAddress(text);
  if (!address.ok()) {
    problems.Error(At(bullet), address.fault().text);
    return std::nullopt;
  }
  if (names.teams_readable() && !names.IsKnownPerson(*address)) {
    problems.Error(At(bullet), *address + " is in no team's Members, so has no queue. Add him to a team.");
    return std::nullopt;
  }
  return *address;
}

void ReadAway(const Setting& setting, const Bullet& bullet, RuleBook& book, const Names& names, Problems& problems) {
  const std::size_t comma = setting.value.find(',');
  const std::string_view value = setting.value;
  const auto [person, until] = CutAt(value.substr(0, comma), "until");
  std::string_view instead = comma == std::string::npos ? std::string_view() : Trim(value.substr(comma + 1));
  const bool shape = ToLowerAscii(instead).ends_with(" instead") && !until.empty();
  if (!shape) {
    return problems.Error(At(bullet),
                          Quote(bullet.text) + " is not understood. Write it like " + std::string(kAwayShape) + ".");
  }
  instead = Trim(instead.substr(0, instead.size() - std::string_view(" instead").size()));
  const std::optional<std::string> who = ReadPerson(person, bullet, names, problems);
  const std::optional<std::string> other = ReadPerson(instead, bullet, names, problems);
  const Result<std::chrono::local_days> day = ParseDate(until);
  if (!day.ok()) problems.Error(At(bullet), day.fault().text);
  if (!who || !other || !day.ok()) return;
  if (*who == *other) {
    return problems.Error(At(bullet), *who + " cannot stand in for the same person. Name somebody else.");
  }
  book.hours.away.push_back({*who, *day, *other, bullet});
}

}  // namespace

void ParseHours(const Bullet& bullet, RuleBook& book, const Names& names, SettingsSeen& seen, Problems& problems) {
  const Setting setting = ReadSetting(bullet);
  if (setting.name == "priority outside hours") {
    if (SetOnce(seen.priority_outside, bullet, problems))
      SetWaits(setting, bullet, book.hours.priority_waits, problems);
  } else if (setting.name == "escalate outside hours") {
    if (SetOnce(seen.escalate_outside, bullet, problems))
      SetWaits(setting, bullet, book.hours.escalate_waits, problems);
  } else if (setting.name == "closed") {
    ReadClosed(setting, bullet, book, problems);
  } else if (setting.name == "away") {
    ReadAway(setting, bullet, book, names, problems);
  } else {
    const std::vector<std::string> known = {"priority outside hours", "escalate outside hours", "closed", "away"};
    const std::string written = setting.name.empty() ? bullet.text : setting.name;
    problems.Error(
        At(bullet),
        Quote(written) + (setting.name.empty() ? " has no colon." : " is no entry of Hours.") +
            (problems.MaySuggest() ? DidYouMean(written, known) : "") +
            " Entries are \"priority outside hours:\", \"escalate outside hours:\", \"closed:\" and \"away:\". A "
            "team's own hours stand in the sheet.");
  }
}

}  // namespace tr::rules
