#include "handoff/gates.h"

namespace tr::handoff {

PositionGate PassPosition(const Ticket& ticket, const std::string& team, const Decision& decision) {
  PositionGate gate;
  gate.entry = {team, decision.rank, ticket.received_at, ticket.id};
  std::string detail(Name(decision.rank));
  for (const Ping& ping : decision.pings) {
    detail +=
        ", pings the " + ping.role + (ping.person.empty() ? "" : " " + ping.person) + " at " + FormatTime(ping.due);
  }
  if (decision.pings.empty()) detail += ", pings nobody";
  gate.result = {"position", std::move(detail)};
  return gate;
}

}  // namespace tr::handoff
