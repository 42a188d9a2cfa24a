// Zendesk's webhooks: developer.zendesk.com, webhooks. Events carry no transcript; a trigger's own JSON does
// (docs/chat.md has the one to paste).

#include <utility>

#include "base/text.h"
#include "intake/chat_fold.h"
#include "intake/chat_json.h"
#include "intake/chat_lane.h"
#include "ticket/json.h"

namespace tr::intake {
namespace {

namespace json = boost::json;

// A comment is the visitor's when its author is the ticket's requester.
Speaker SpeakerOf(const json::object& comment, const Conversation& chat) {
  const std::string email = TextOf(comment, "email");
  if (!email.empty() || !chat.email.empty()) {
    return EqualsIgnoreCaseAscii(email, chat.email) ? Speaker::kVisitor : Speaker::kAgent;
  }
  return TextOf(comment, "author") == chat.name ? Speaker::kVisitor : Speaker::kAgent;
}

Conversation FromTrigger(const json::object& object) {
  Conversation chat;
  chat.id = IdOf(object, "ticket_id");
  chat.last_message = IdOf(object, "comment_id");
  chat.subject = TextOf(object, "subject");
  chat.name = TextOf(ObjectOf(object, "requester"), "name");
  chat.email = TextOf(ObjectOf(object, "requester"), "email");
  for (const json::value& one : ListOf(object, "comments")) {
    if (!one.is_object()) continue;
    const json::object& comment = one.as_object();
    chat.turns.push_back({SpeakerOf(comment, chat), TextOf(comment, "author"), TextOf(comment, "text")});
  }
  if (chat.turns.empty()) chat.turns.push_back({Speaker::kVisitor, chat.name, TextOf(object, "description")});
  return chat;
}

// "chat", "chat_transcript", "native_messaging", "sunshine_conversations_api", …
bool IsChannelOfChats(const std::string& channel) {
  return channel.find("chat") != std::string::npos || channel.find("messag") != std::string::npos ||
         channel.find("conversation") != std::string::npos;
}

Conversation FromEvent(const json::object& detail) {
  Conversation chat;
  chat.id = IdOf(detail, "id");
  chat.subject = TextOf(detail, "subject");
  chat.turns.push_back({Speaker::kVisitor, "", TextOf(detail, "description")});
  return chat;
}

bool IsWantedEvent(const json::object& object) {
  const json::object& detail = ObjectOf(object, "detail");
  const std::string assignee = IdOf(detail, "assignee_id");
  return TextOf(object, "type") == "zen:event-type:ticket.created" && (assignee.empty() || assignee == "0") &&
         IsChannelOfChats(ToLowerAscii(TextOf(ObjectOf(detail, "via"), "channel")));
}

}  // namespace

Result<std::optional<Arrival>> ReadZendeskChat(std::string_view source, std::string_view body) {
  if (body.empty()) return std::optional<Arrival>{};
  TR_ASSIGN(const json::value value, ParseJson(body));
  if (!value.is_object()) return Invalid("the body is not a JSON object");
  const json::object& object = value.as_object();
  const std::string event = TextOf(object, "event");
  const bool trigger = event == "finished" || event == "handed_over" || event == "unassigned";
  if (!trigger && !IsWantedEvent(object)) return std::optional<Arrival>{};
  Conversation chat = trigger ? FromTrigger(object) : FromEvent(ObjectOf(object, "detail"));
  TR_ASSIGN(Arrival arrival, FoldChat(source, std::move(chat), trigger ? "ticket_id" : "detail.id",
                                      trigger ? "comments" : "detail.description"));
  return std::optional<Arrival>(std::move(arrival));
}

}  // namespace tr::intake
