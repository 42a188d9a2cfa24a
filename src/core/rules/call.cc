#include "rules/call.h"

#include "rules/hours.h"

namespace tr::rules {
namespace {

bool WaitsForHours(const Hours& hours, Rank rank) {
  switch (rank) {
    case Rank::kNormal: return false;
    case Rank::kPriority: return hours.priority_waits;
    case Rank::kEscalate: return hours.escalate_waits;
  }
  return false;
}

}  // namespace

Called WhoIsCalled(const RuleBook& book, const Team& team, bool manager_first, Time at) {
  const Called lead{team.lead, "lead", nullptr};
  const Called manager{team.manager, "manager", nullptr};
  const Called& first = manager_first ? manager : lead;
  const Called& second = manager_first ? lead : manager;
  Called called = first.person.empty() && !second.person.empty() ? second : first;
  called.away = FindAway(book, team, called.person, at);
  if (called.away != nullptr) {
    called.person = called.away->instead;
    called.role = "stand-in";
  }
  return called;
}

Time CallTime(const RuleBook& book, const Team& team, Rank rank, Time at) {
  return WaitsForHours(book.hours, rank) ? NextOpen(book, team, at) : at;
}

}  // namespace tr::rules
