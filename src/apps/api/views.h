#pragma once
// The JSON that the API answers with; the command line and the console read the same.

#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "handoff/untaken.h"
#include "rules/parse.h"
#include "store/ledger.h"
#include "ticket/ticket.h"
#include "wiring/app.h"

namespace tr::api {

// {"id","version","subject","customer","tags","move","rank","team","person","state","received_at","taken_by"}: a line
// of a queue.
boost::json::object Summary(const Ticket& ticket);

// {"tickets":[…],"next"}; next is null where there is no more.
boost::json::object PageView(const store::TicketPage& page);

// A line of a queue with "late_since" and "calls": how far it was called out.
boost::json::object View(const handoff::Untaken& untaken);

// The whole ticket with its messages, receipt and available actions: product.md, HTTP. Faults: those of the store.
Result<boost::json::object> WholeTicket(wiring::Ports& ports, const store::TicketWithMessages& found);

boost::json::object View(const store::Correction& correction);
boost::json::object View(const store::Delivery& delivery);
boost::json::object View(const rules::Problem& problem);

}  // namespace tr::api
