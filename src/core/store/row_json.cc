#include "store/row_json.h"

#include "store/key_hash.h"
#include "ticket/json.h"
#include "ticket/json_fields.h"

namespace tr::store {
namespace {

namespace json = boost::json;

void TakeAuditRow(JsonFields& fields, AuditRow& row) {
  fields.Take("ticket", row.ticket);
  fields.Take("version", row.version);
  fields.Take("at", row.at);
  fields.Take("actor", row.actor);
  fields.Take("kind", row.kind);
  fields.Take("body", row.body);
}

void TakeDelivery(JsonFields& fields, Delivery& row) {
  fields.Take("id", row.id);
  fields.Take("ticket", row.ticket);
  fields.Take("kind", row.kind, ParseDeliveryKind);
  fields.Take("state", row.state, ParseDeliveryState);
  fields.Take("team", row.team);
  fields.Take("channel", row.channel);
  fields.Take("fallback", row.fallback);
  fields.Take("person", row.person);
  fields.Take("role", row.role);
  fields.Take("message", row.message);
  fields.Take("subject", row.subject);
  fields.Take("text", row.text);
  fields.Take("due_at", row.due_at);
  fields.Take("attempts", row.attempts);
  fields.Take("ref", row.ref);
  fields.Take("trouble", row.trouble);
  fields.Take("changed_at", row.changed_at);
}

void TakeCorrection(JsonFields& fields, Correction& row) {
  fields.Take("id", row.id);
  fields.Take("kind", row.kind, ParseCorrectionKind);
  fields.Take("ticket", row.ticket);
  fields.Take("by", row.by);
  fields.Take("at", row.at);
  fields.Take("undoes", row.undoes);
  fields.Take("from_topic", row.from_topic);
  fields.Take("to_topic", row.to_topic);
  fields.Take("from_team", row.from_team);
  fields.Take("to_team", row.to_team);
  fields.Take("reason", row.reason);
  fields.Take("redacted_text", row.redacted_text);
  fields.Take("before", row.before);
  fields.Take("after_version", row.after_version);
  fields.Take("made", row.made);
}

void TakeAccess(JsonFields& fields, Access& row) {
  fields.Take("digest", row.digest);
  fields.Take("person", row.person);
  fields.Take("role", row.role);
  fields.Take("label", row.label);
  fields.Take("created_at", row.created_at);
  fields.Take("expires_at", row.expires_at);
}

}  // namespace

json::object ToJson(const AuditRow& row) {
  return {{"ticket", row.ticket}, {"version", row.version}, {"at", FormatTime(row.at)},
          {"actor", row.actor},   {"kind", row.kind},       {"body", row.body}};
}

json::object ToJson(const ReadingRow& row) {
  return {{"ticket", row.ticket},
          {"message", row.message},
          {"at", FormatTime(row.at)},
          {"reading", tr::ToJson(row.reading)}};
}

json::object ToJson(const Delivery& row) {
  return {{"id", row.id},
          {"ticket", row.ticket},
          {"kind", Name(row.kind)},
          {"state", Name(row.state)},
          {"team", row.team},
          {"channel", row.channel},
          {"fallback", row.fallback},
          {"person", row.person},
          {"role", row.role},
          {"message", row.message},
          {"subject", row.subject},
          {"text", row.text},
          {"due_at", FormatTime(row.due_at)},
          {"attempts", row.attempts},
          {"ref", row.ref},
          {"trouble", row.trouble},
          {"changed_at", FormatTime(row.changed_at)}};
}

json::object ToJson(const Correction& row) {
  return {{"id", row.id},
          {"kind", Name(row.kind)},
          {"ticket", row.ticket},
          {"by", row.by},
          {"at", FormatTime(row.at)},
          {"undoes", row.undoes},
          {"from_topic", row.from_topic},
          {"to_topic", row.to_topic},
          {"from_team", row.from_team},
          {"to_team", row.to_team},
          {"reason", row.reason},
          {"redacted_text", row.redacted_text},
          {"before", row.before},
          {"after_version", row.after_version},
          {"made", json::array(row.made.begin(), row.made.end())}};
}

json::object ToJson(const Access& row) {
  return {{"digest", row.digest},
          {"person", row.person},
          {"role", row.role},
          {"label", row.label},
          {"created_at", FormatTime(row.created_at)},
          {"expires_at", row.expires_at ? json::value(FormatTime(*row.expires_at)) : json::value()}};
}

json::object ToJson(const KeptKey& row) {
  return {{"hash", row.hash}, {"ticket", row.ticket}, {"expires_at", FormatTime(row.expires_at)}};
}

Result<AuditRow> AuditRowFromJson(const json::value& from) { return FromJson<AuditRow>(from, "audit", TakeAuditRow); }
Result<Delivery> DeliveryFromJson(const json::value& from) {
  return FromJson<Delivery>(from, "delivery", TakeDelivery);
}
Result<Correction> CorrectionFromJson(const json::value& from) {
  return FromJson<Correction>(from, "correction", TakeCorrection);
}
Result<Access> AccessFromJson(const json::value& from) { return FromJson<Access>(from, "person", TakeAccess); }

Result<ReadingRow> ReadingRowFromJson(const json::value& from) {
  JsonFields fields(from, "reading");
  ReadingRow row;
  fields.Take("ticket", row.ticket);
  fields.Take("message", row.message);
  fields.Take("at", row.at);
  const json::value* reading = fields.Find("reading");
  TR_TRY(fields.Finish());
  if (reading == nullptr) return Invalid("reading.reading is missing");
  TR_ASSIGN(row.reading, ReadingFromJson(*reading));
  return row;
}

Result<KeptKey> KeptKeyFromJson(const json::value& from) {
  JsonFields fields(from, "key");
  KeptKey row;
  fields.Take("hash", row.hash);
  fields.Take("ticket", row.ticket);
  fields.Take("expires_at", row.expires_at);
  TR_TRY(fields.Finish());
  KeyHash hash;
  if (!FromHex(row.hash, hash)) return Invalid("key.hash must be 32 hexadecimal digits");
  return row;
}

}  // namespace tr::store
