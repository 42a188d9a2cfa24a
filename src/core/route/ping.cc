#include "route/ping.h"

#include "route/decide.h"
#include "rules/hours.h"

namespace tr::route {
namespace {

struct Called {
  std::string_view person;
  std::string_view role;
};

// The lead or the manager; the other where there is none; the channel, unnamed, where there is neither.
Called WhoseTurn(const rules::Team& team, Rank rank, bool held) {
  const Called lead{team.lead, "lead"};
  const Called manager{team.manager, "manager"};
  const bool lead_first = held || rank != Rank::kEscalate;
  const Called& first = lead_first ? lead : manager;
  const Called& second = lead_first ? manager : lead;
  return first.person.empty() && !second.person.empty() ? second : first;
}

bool WaitsForHours(const rules::Hours& hours, Rank rank) {
  switch (rank) {
    case Rank::kNormal: return false;
    case Rank::kPriority: return hours.priority_waits;
    case Rank::kEscalate: return hours.escalate_waits;
  }
  return false;
}

}  // namespace

std::optional<FirstCall> FindFirstCall(const rules::RuleBook& book, std::string_view team_name, Rank rank, bool held,
                                       Time now) {
  if (rank == Rank::kNormal) return std::nullopt;
  static const rules::Team kNobody;
  const rules::Team* found = book.FindTeam(held ? std::string_view(book.triage) : team_name);
  const rules::Team& team = found == nullptr ? kNobody : *found;
  const Called called = WhoseTurn(team, rank, held);
  const Time due = WaitsForHours(book.hours, rank) ? rules::NextOpen(book, team, now) : now;
  FirstCall call{{std::string(called.person), std::string(called.role), due}, nullptr};
  call.away = rules::FindAway(book, team, called.person, due);
  if (call.away != nullptr) {
    call.ping.person = call.away->instead;
    call.ping.role = "stand-in";
  }
  return call;
}

std::optional<Ping> FirstPing(const rules::RuleBook& book, std::string_view team, Rank rank, bool held, Time now) {
  auto call = FindFirstCall(book, team, rank, held, now);
  if (!call) return std::nullopt;
  return std::move(call->ping);
}

}  // namespace tr::route
