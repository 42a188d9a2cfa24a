#pragma once
// What `ticket-router mail parse` prints.

#include <boost/json/value.hpp>

#include "intake/automatic.h"
#include "intake/mime.h"

namespace tr::intake {

// {"from","to","subject","message_id","in_reply_to","references","date","text","reply_text","attachments","auto"}, and
// "automated": true where in doubt. `date` is RFC 3339 in UTC, or null; absent ids are "".
boost::json::object MailToJson(const ParsedMail& mail, const Recognition& recognition);

}  // namespace tr::intake
