// What a human does to a ticket, over HTTP.

#include <boost/json.hpp>
#include <charconv>

#include "api/routes.h"
#include "api/views.h"
#include "base/text.h"

namespace tr::api {
namespace {

namespace json = boost::json;

Result<correct::Action> ReadSplit(const json::object& body) {
  const json::value* list = body.if_contains("parts");
  if (list == nullptr || !list->is_array()) return Invalid("member parts is not a list of {\"topic\",\"text\"}");
  correct::Split split;
  for (const json::value& value : list->as_array()) {
    if (!value.is_object()) return Invalid("member parts is not a list of {\"topic\",\"text\"}");
    correct::Part part;
    TR_ASSIGN(part.topic, TextMember(value.as_object(), "topic"));
    TR_ASSIGN(part.text, TextMember(value.as_object(), "text"));
    split.parts.push_back(std::move(part));
    if (split.parts.size() > 5) return Invalid("a split has two to five parts");
  }
  return correct::Action(std::move(split));
}

Result<correct::Action> ReadReassign(const json::object& body) {
  correct::Reassign action;
  TR_ASSIGN(action.topic, TextMember(body, "topic"));
  TR_ASSIGN(action.team, TextMember(body, "team"));
  TR_ASSIGN(const std::string person, TextMember(body, "person"));
  action.person = ToLowerAscii(Trim(person));
  return correct::Action(std::move(action));
}

Result<correct::Action> ReadBump(const json::object& body) {
  TR_ASSIGN(const std::string urgency, TextMember(body, "urgency"));
  const std::optional<Urgency> level = ParseUrgency(urgency);
  if (!level) return Invalid("member urgency is low, medium or high");
  TR_ASSIGN(std::string reason, TextMember(body, "reason"));
  return correct::Action(correct::Bump{*level, std::move(reason)});
}

Result<correct::Action> ReadMerge(const json::object& body) {
  correct::Merge action;
  TR_ASSIGN(action.into, TextMember(body, "into"));
  const json::value* confirm = body.if_contains("confirm");
  action.confirm = confirm != nullptr && confirm->is_bool() && confirm->as_bool();
  return correct::Action(std::move(action));
}

Result<correct::Action> ReadAction(const std::string& name, const json::object& body) {
  const std::optional<store::CorrectionKind> kind = store::ParseCorrectionKind(name);
  if (!kind) return NotFound("no such action");
  switch (*kind) {
    case store::CorrectionKind::kReassign: return ReadReassign(body);
    case store::CorrectionKind::kBump: return ReadBump(body);
    case store::CorrectionKind::kSplit: return ReadSplit(body);
    case store::CorrectionKind::kMerge: return ReadMerge(body);
    case store::CorrectionKind::kTake: return correct::Action(correct::Take{});
    case store::CorrectionKind::kRelease: return correct::Action(correct::Release{});
    case store::CorrectionKind::kDone: return correct::Action(correct::Done{});
    case store::CorrectionKind::kUndo: return correct::Action(correct::Undo{});
    case store::CorrectionKind::kRestore: return correct::Action(correct::Restore{});
    case store::CorrectionKind::kErase: return NotFound("no such action");
  }
  return NotFound("no such action");
}

// The version in If-Match: "7", with or without quotes; nothing: it is absent or no number.
std::optional<std::int64_t> IfMatch(const net::HttpRequest& request) {
  std::string_view text = Trim(request.headers.Get("If-Match"));
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return version;
}

}  // namespace

Answer PostAction(const Context& context) {
  TR_ASSIGN(const json::object body, BodyObject(context.request));
  correct::Command command;
  TR_ASSIGN(command.action, ReadAction(context.params[1], body));
  const std::optional<std::int64_t> version = IfMatch(context.request);
  if (!version) return net::ProblemResponse(428, "send the ticket's version as If-Match: \"7\"");
  command.ticket = context.params[0];
  command.version = *version;
  command.idempotency_key = context.request.headers.Get("Idempotency-Key");
  command.by = context.caller.person;
  Result<correct::Corrected> corrected = context.app.correct().Apply(command);
  if (!corrected && corrected.fault().kind == FaultKind::kConflict) return TicketAnswer(context, 409, command.ticket);
  if (!corrected) return corrected.fault();
  if (!corrected->begun.empty()) context.app.Deliver(std::move(corrected->begun));
  return TicketAnswer(context, 200, corrected->ticket.id);
}

}  // namespace tr::api
