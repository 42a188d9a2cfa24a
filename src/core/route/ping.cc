#include "route/ping.h"

#include "route/decide.h"
#include "rules/call.h"

namespace tr::route {

std::optional<FirstCall> FindFirstCall(const rules::RuleBook& book, std::string_view team_name, Rank rank, bool held,
                                       Time now) {
  if (rank == Rank::kNormal) return std::nullopt;
  static const rules::Team kNobody;
  const rules::Team* found = book.FindTeam(held ? std::string_view(book.triage) : team_name);
  const rules::Team& team = found == nullptr ? kNobody : *found;
  const Time due = rules::CallTime(book, team, rank, now);
  const rules::Called called = rules::WhoIsCalled(book, team, !held && rank == Rank::kEscalate, due);
  return FirstCall{{std::string(called.person), std::string(called.role), due}, called.away};
}

std::optional<Ping> FirstPing(const rules::RuleBook& book, std::string_view team, Rank rank, bool held, Time now) {
  auto call = FindFirstCall(book, team, rank, held, now);
  if (!call) return std::nullopt;
  return std::move(call->ping);
}

}  // namespace tr::route
