#include "ticket/json.h"

#include <boost/json/parser.hpp>
#include <cmath>

#include "ticket/json_fields.h"

namespace tr {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxDepth = 64;

// Six decimals: Boost.JSON reads those back to the bit, and the last of seventeen it does not. JSON has no word for
// infinity and not-a-number; a score that is one of them says nothing.
double Score(double number) { return std::isfinite(number) ? std::round(number * 1e6) / 1e6 : 0; }

json::value OrNull(const std::optional<Time>& time) { return time ? json::value(FormatTime(*time)) : json::value(); }

template <typename Enum>
json::value NameOrNull(const std::optional<Enum>& value) {
  return value ? json::value(Name(*value)) : json::value();
}

json::array NamesOf(Signals signals) {
  json::array names;
  for (const Signal signal : signals.List()) names.emplace_back(Name(signal));
  return names;
}

json::array Texts(const std::vector<std::string>& texts) {
  json::array array;
  array.reserve(texts.size());
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

template <typename Value>
json::array Objects(const std::vector<Value>& values) {
  json::array array;
  array.reserve(values.size());
  for (const Value& value : values) array.emplace_back(ToJson(value));
  return array;
}

json::array Scores(const std::vector<TopicScore>& scores) {
  json::array array;
  array.reserve(scores.size());
  for (const TopicScore& score : scores) {
    array.emplace_back(json::object{{"topic", score.topic}, {"confidence", Score(score.confidence)}});
  }
  return array;
}

void TakeSignals(JsonFields& fields, Signals& signals) {
  std::vector<std::string> names;
  fields.Take("signals", names);
  if (fields.Find("signals") == nullptr) return;
  signals = {};
  for (const std::string& name : names) {
    const auto signal = ParseSignal(name);
    if (!signal) return fields.Refuse("signals", "has a name that is not known");
    signals.Add(*signal);
  }
}

void TakeMailbox(JsonFields& fields, Mailbox& mailbox) {
  fields.Take("name", mailbox.name);
  fields.Take("address", mailbox.address);
}

void TakeCustomer(JsonFields& fields, Customer& customer) {
  fields.Take("name", customer.name);
  fields.Take("address", customer.address);
  fields.Take("verified", customer.verification, ParseVerification);
}

void TakeTags(JsonFields& fields, Tags& tags) {
  fields.Take("topic", tags.topic);
  fields.Take("urgency", tags.urgency, ParseUrgency);
  fields.Take("tone", tags.tone, ParseTone);
  TakeSignals(fields, tags.signals);
  fields.Take("vip", tags.vip);
}

void TakeScore(JsonFields& fields, TopicScore& score) {
  fields.Take("topic", score.topic);
  fields.Take("confidence", score.confidence);
}

void TakeReading(JsonFields& fields, Reading& reading) {
  fields.Take("topic", reading.topic);
  fields.Take("confidence", reading.confidence);
  fields.Take("sure_at", reading.sure_at);
  fields.Take("ranking", reading.ranking, TakeScore);
  fields.Take("urgency", reading.urgency, ParseUrgency);
  fields.Take("tone", reading.tone, ParseTone);
  TakeSignals(fields, reading.signals);
  fields.Take("evidence", reading.evidence);
  fields.Take("reader", reading.reader);
  fields.Take("input_tokens", reading.input_tokens);
  fields.Take("output_tokens", reading.output_tokens);
  fields.Take("cost_micros", reading.cost_micros);
}

void TakeReason(JsonFields& fields, Reason& reason) {
  fields.Take("rule", reason.rule);
  fields.Take("line", reason.line);
  fields.Take("text", reason.text);
  fields.Take("hit", reason.hit);
  fields.Take("decided", reason.decided);
}

void TakePing(JsonFields& fields, Ping& ping) {
  fields.Take("person", ping.person);
  fields.Take("role", ping.role);
  fields.Take("due", ping.due);
}

void TakeDecision(JsonFields& fields, Decision& decision) {
  fields.Take("move", decision.move, ParseMove);
  fields.Take("rank", decision.rank, ParseRank);
  fields.Take("team", decision.team);
  fields.Take("person", decision.person);
  fields.Take("tags", decision.tags, TakeTags);
  fields.Take("reasons", decision.reasons, TakeReason);
  fields.Take("pings", decision.pings, TakePing);
}

void TakeAttachment(JsonFields& fields, Attachment& attachment) {
  fields.Take("filename", attachment.filename);
  fields.Take("content_type", attachment.content_type);
  fields.Take("size", attachment.size);
}

void TakeMessage(JsonFields& fields, Message& message) {
  fields.Take("ticket", message.ticket);
  fields.Take("n", message.n);
  fields.Take("author", message.author, ParseAuthor);
  fields.Take("from", message.from, TakeMailbox);
  fields.Take("at", message.at);
  fields.Take("text", message.text);
  fields.Take("new_text", message.new_text);
  fields.Take("attachments", message.attachments, TakeAttachment);
  fields.Take("message_id", message.message_id);
  fields.Take("original", message.original);
  fields.Take("state", message.state, ParseMessageState);
  fields.Take("machine", message.machine, ParseMachine);
  fields.Take("automated", message.automated);
  fields.Take("verification", message.verification, ParseVerification);
}

void TakeLink(JsonFields& fields, Link& link) {
  fields.Take("kind", link.kind);
  fields.Take("id", link.id);
}

void TakeTicket(JsonFields& fields, Ticket& ticket) {
  fields.Take("id", ticket.id);
  fields.Take("lane", ticket.lane, ParseLane);
  fields.Take("state", ticket.state, ParseState);
  fields.Take("move", ticket.move, ParseMove);
  fields.Take("rank", ticket.rank, ParseRank);
  fields.Take("team", ticket.team);
  fields.Take("person", ticket.person);
  fields.Take("customer", ticket.customer, TakeCustomer);
  fields.Take("subject", ticket.subject);
  fields.Take("tags", ticket.tags, TakeTags);
  fields.Take("received_at", ticket.received_at);
  fields.Take("landed_at", ticket.landed_at);
  fields.Take("taken_at", ticket.taken_at);
  fields.Take("done_at", ticket.done_at);
  fields.Take("touched_at", ticket.touched_at);
  fields.Take("waiting_since", ticket.waiting_since);
  fields.Take("taken_by", ticket.taken_by);
  fields.Take("links", ticket.links, TakeLink);
  fields.Take("messages", ticket.messages);
  fields.Take("set_aside_why", ticket.set_aside_why);
  fields.Take("automated", ticket.automated);
  fields.Take("dead_lettered", ticket.dead_lettered);
  fields.Take("pinged", ticket.pinged, ParseRank);
  fields.Take("bumped", ticket.bumped, ParseUrgency);
  fields.Take("fixed_topic", ticket.fixed_topic);
  fields.Take("fixed_team", ticket.fixed_team);
  fields.Take("fixed_person", ticket.fixed_person);
  fields.Take("fixed_place", ticket.fixed_place);
  fields.Take("text_removed", ticket.text_removed);
}

}  // namespace

json::object ToJson(const Mailbox& mailbox) { return {{"name", mailbox.name}, {"address", mailbox.address}}; }

json::object ToJson(const Customer& customer) {
  return {{"name", customer.name}, {"address", customer.address}, {"verified", Name(customer.verification)}};
}

json::object ToJson(const Tags& tags) {
  return {{"topic", tags.topic},
          {"urgency", Name(tags.urgency)},
          {"tone", Name(tags.tone)},
          {"signals", NamesOf(tags.signals)},
          {"vip", tags.vip}};
}

json::object ToJson(const Reading& reading) {
  json::object object{{"topic", reading.topic},
                      {"confidence", Score(reading.confidence)},
                      {"sure_at", Score(reading.sure_at)},
                      {"ranking", Scores(reading.ranking)},
                      {"urgency", Name(reading.urgency)},
                      {"tone", Name(reading.tone)},
                      {"signals", NamesOf(reading.signals)},
                      {"evidence", Texts(reading.evidence)},
                      {"reader", reading.reader}};
  if (reading.input_tokens == 0 && reading.output_tokens == 0 && reading.cost_micros == 0) return object;
  object["input_tokens"] = reading.input_tokens;
  object["output_tokens"] = reading.output_tokens;
  object["cost_micros"] = reading.cost_micros;
  return object;
}

json::object ToJson(const Reason& reason) {
  return {{"rule", reason.rule},
          {"line", reason.line},
          {"text", reason.text},
          {"hit", reason.hit},
          {"decided", reason.decided}};
}

json::object ToJson(const Ping& ping) {
  return {{"person", ping.person}, {"role", ping.role}, {"due", FormatTime(ping.due)}};
}

json::object ToJson(const Decision& decision) {
  return {{"move", Name(decision.move)},     {"rank", Name(decision.rank)},   {"team", decision.team},
          {"person", decision.person},       {"tags", ToJson(decision.tags)}, {"reasons", Objects(decision.reasons)},
          {"pings", Objects(decision.pings)}};
}

json::object ToJson(const Attachment& attachment) {
  return {{"filename", attachment.filename}, {"content_type", attachment.content_type}, {"size", attachment.size}};
}

json::object ToJson(const Message& message) {
  return {{"ticket", message.ticket},         {"n", message.n},
          {"author", Name(message.author)},   {"from", ToJson(message.from)},
          {"at", FormatTime(message.at)},     {"text", message.text},
          {"new_text", message.new_text},     {"attachments", Objects(message.attachments)},
          {"message_id", message.message_id}, {"original", message.original},
          {"state", Name(message.state)},     {"machine", Name(message.machine)},
          {"automated", message.automated},   {"verification", Name(message.verification)}};
}

json::object ToJson(const Link& link) { return {{"kind", link.kind}, {"id", link.id}}; }

json::object ToJson(const Ticket& ticket) {
  return {{"id", ticket.id},
          {"lane", Name(ticket.lane)},
          {"state", Name(ticket.state)},
          {"move", Name(ticket.move)},
          {"rank", Name(ticket.rank)},
          {"team", ticket.team},
          {"person", ticket.person},
          {"customer", ToJson(ticket.customer)},
          {"subject", ticket.subject},
          {"tags", ToJson(ticket.tags)},
          {"received_at", FormatTime(ticket.received_at)},
          {"landed_at", OrNull(ticket.landed_at)},
          {"taken_at", OrNull(ticket.taken_at)},
          {"done_at", OrNull(ticket.done_at)},
          {"touched_at", FormatTime(ticket.touched_at)},
          {"waiting_since", OrNull(ticket.waiting_since)},
          {"taken_by", ticket.taken_by},
          {"links", Objects(ticket.links)},
          {"messages", ticket.messages},
          {"set_aside_why", ticket.set_aside_why},
          {"automated", ticket.automated},
          {"dead_lettered", ticket.dead_lettered},
          {"pinged", NameOrNull(ticket.pinged)},
          {"bumped", NameOrNull(ticket.bumped)},
          {"fixed_topic", ticket.fixed_topic},
          {"fixed_team", ticket.fixed_team},
          {"fixed_person", ticket.fixed_person},
          {"fixed_place", ticket.fixed_place},
          {"text_removed", ticket.text_removed}};
}

Result<Ticket> TicketFromJson(const json::value& from) { return FromJson<Ticket>(from, "ticket", TakeTicket); }
Result<Message> MessageFromJson(const json::value& from) { return FromJson<Message>(from, "message", TakeMessage); }
Result<Reading> ReadingFromJson(const json::value& from) { return FromJson<Reading>(from, "reading", TakeReading); }
Result<Decision> DecisionFromJson(const json::value& from) {
  return FromJson<Decision>(from, "decision", TakeDecision);
}

Result<json::value> ParseJson(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMaxDepth;
  json::parser parser(json::storage_ptr(), options);
  boost::system::error_code error;
  const std::size_t read = parser.write(text.data(), text.size(), error);
  if (error) return Invalid("not JSON: " + error.message() + " at byte " + std::to_string(read));
  return parser.release();
}

}  // namespace tr
