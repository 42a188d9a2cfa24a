#pragma once
// The JSON spelling of the values: in the API, on the command line and in the store. Reading ignores unknown members
// and refuses wrong types; writing is stable, so that equal values give equal text. Scores
// are kept to six decimals.

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ticket/ticket.h"

namespace tr {

boost::json::object ToJson(const Mailbox& mailbox);
boost::json::object ToJson(const Customer& customer);  // {"name","address","verified": "unverified|verified|failed"}
boost::json::object ToJson(const Tags& tags);          // {"topic","urgency","tone","signals":[],"vip"}
boost::json::object ToJson(const Reading& reading);
boost::json::object ToJson(const Reason& reason);      // {"rule","line","text","hit","decided"}
boost::json::object ToJson(const Ping& ping);          // {"person","role","due"}
boost::json::object ToJson(const Decision& decision);  // {"move","rank","team","person","tags","reasons","pings"}
boost::json::object ToJson(const Attachment& attachment);
boost::json::object ToJson(const Message& message);
boost::json::object ToJson(const Link& link);
// Everything in Ticket but `version`, under the field's own name; times as RFC 3339, absent optionals as null.
boost::json::object ToJson(const Ticket& ticket);

// kInvalid: a member of the wrong type, or an enum's name that is unknown; says which member.
Result<Ticket> TicketFromJson(const boost::json::value& json);
Result<Message> MessageFromJson(const boost::json::value& json);
Result<Reading> ReadingFromJson(const boost::json::value& json);
Result<Decision> DecisionFromJson(const boost::json::value& json);

// Parses text that came from outside: at most 64 levels deep. kInvalid: not JSON; says at which byte.
Result<boost::json::value> ParseJson(std::string_view text);

}  // namespace tr
