#pragma once
// The JSON spelling of the rows around a ticket: in an export, and in stores that keep documents. As ticket/json.h.

#include <boost/json/value.hpp>

#include "base/result.h"
#include "store/dump.h"
#include "store/ledger.h"
#include "store/step.h"

namespace tr::store {

// Every field under its own name; times as RFC 3339.
boost::json::object ToJson(const AuditRow& row);
boost::json::object ToJson(const ReadingRow& row);
boost::json::object ToJson(const Delivery& row);
boost::json::object ToJson(const Correction& row);
boost::json::object ToJson(const Access& row);
boost::json::object ToJson(const KeptKey& row);

// kInvalid: a member of the wrong type or an enum's name that is unknown; says which member.
Result<AuditRow> AuditRowFromJson(const boost::json::value& json);
Result<ReadingRow> ReadingRowFromJson(const boost::json::value& json);
Result<Delivery> DeliveryFromJson(const boost::json::value& json);
Result<Correction> CorrectionFromJson(const boost::json::value& json);
Result<Access> AccessFromJson(const boost::json::value& json);
// kInvalid also: a hash that is none.
Result<KeptKey> KeptKeyFromJson(const boost::json::value& json);

}  // namespace tr::store
