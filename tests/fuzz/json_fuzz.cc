// Any bytes as the JSON of the store and of `explain --json-in`: refused with a reason, or values that are written and
// read back the same.

#include <boost/json.hpp>
#include <string>

#include "api/explain.h"
#include "fuzz_target.h"
#include "review/eval.h"
#include "ticket/json.h"

namespace {

template <typename Value>
void RequireRoundTrip(const boost::json::value& json, tr::Result<Value> (*read)(const boost::json::value&)) {
  const tr::Result<Value> value = read(json);
  if (!value) return tr::fuzz::RequireText(value.fault().text);
  const std::string written = boost::json::serialize(tr::ToJson(*value));
  const tr::Result<Value> again = read(boost::json::parse(written));
  tr::fuzz::Require(again.ok() && boost::json::serialize(tr::ToJson(*again)) == written);
}

}  // namespace

TR_FUZZ_TARGET(json) {
  const auto rows = tr::review::ParseEvalRows(input);
  if (!rows) tr::fuzz::RequireText(rows.fault().text);
  const auto json = tr::ParseJson(input);
  if (!json) return;
  RequireRoundTrip(*json, tr::TicketFromJson);
  RequireRoundTrip(*json, tr::MessageFromJson);
  RequireRoundTrip(*json, tr::ReadingFromJson);
  RequireRoundTrip(*json, tr::DecisionFromJson);
  if (!json->is_object()) return;
  const auto arrival = tr::api::ReadTicketJson(json->as_object());
  if (!arrival) return tr::fuzz::RequireText(arrival.fault().text);
  tr::fuzz::RequireText(arrival->new_text);
}
