#include "wiring/forget.h"

namespace tr::wiring {
namespace {

constexpr int kAtOnce = 200;

}  // namespace

Result<int> Forget(App& app, const std::string& address) {
  const Time now = app.ports().clock.Now();
  int forgotten = 0;
  while (true) {
    // An erased ticket is nobody's, so the next page begins where this one did.
    TR_ASSIGN(const std::vector<Ticket> tickets, app.ports().lookups.OfCustomer(address, Time{}, kAtOnce));
    if (tickets.empty()) break;
    for (const Ticket& ticket : tickets) {
      TR_TRY(app.ports().eraser.Forget(ticket.id, now));
      ++forgotten;
    }
  }
  TR_TRY(app.ports().eraser.Vacuum(now - app.sweep_settings().keep_rows, now));
  return forgotten;
}

}  // namespace tr::wiring
