#pragma once
// The receipt that a message would get: what `ticket-router explain` and POST /api/v1/explain print. Changes nothing.

#include <boost/json/value.hpp>
#include <string>

#include "base/result.h"
#include "intake/accept.h"
#include "rules/book.h"
#include "wiring/app.h"

namespace tr::api {

// What explain needs of an installation; without a store it knows no tickets and no corrections.
struct ExplainPorts {
  read::Reader& reader;
  store::Lookups* lookups = nullptr;  // open tickets and duplicates; may be null
  store::Tickets* tickets = nullptr;  // both or neither
  handoff::Settings settings;
  Time deadline{};                   // until when the reader may think
  read::Reader* fallback = nullptr;  // reads where `reader` does not; may be null
};

// {"reading":…,"ranking":…,"decision":…,"handoff":{"channel","rank","ping":[]},"gates":[…]}; "not_a_ticket" instead of
// a decision for what would be set aside.
Result<boost::json::object> Explain(const ExplainPorts& ports, const intake::Arrival& arrival,
                                    const rules::RuleBook& book, Time at);

// Reads {"lane","from":{"name","address"},"subject","text","received_at"}. kInvalid: says which member.
Result<intake::Arrival> ReadTicketJson(const boost::json::object& object);

// POST /api/v1/explain's body: {"ticket":{…}} or {"mail":"…"}, and "at".
Result<boost::json::object> ExplainBody(wiring::App& app, const boost::json::object& body);

}  // namespace tr::api
