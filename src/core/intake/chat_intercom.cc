// Intercom's notifications: developers.intercom.com, webhook models. A notification holds the first message
// (`source`) and the latest parts, not always all of them.

#include <utility>

#include "intake/chat_fold.h"
#include "intake/chat_json.h"
#include "intake/chat_lane.h"
#include "intake/html_text.h"
#include "ticket/json.h"

namespace tr::intake {
namespace {

namespace json = boost::json;

Speaker SpeakerOf(const std::string& type) {
  if (type == "user" || type == "lead" || type == "contact") return Speaker::kVisitor;
  return type == "bot" ? Speaker::kBot : Speaker::kAgent;
}

bool HasAdmin(const json::object& item) {
  const std::string admin = IdOf(item, "admin_assignee_id");
  return !admin.empty() && admin != "0";
}

// Whether the conversation is finished, handed to somebody, or nobody's.
bool IsWanted(const std::string& topic, const json::object& item) {
  if (topic == "conversation.admin.closed" || topic == "conversation.admin.assigned") return true;
  const bool from_user = topic == "conversation.user.created" || topic == "conversation.user.replied";
  return from_user && !HasAdmin(item);
}

void AddTurn(Conversation& chat, const json::object& part) {
  const json::object& author = ObjectOf(part, "author");
  const Speaker speaker = SpeakerOf(TextOf(author, "type"));
  chat.turns.push_back({speaker, TextOf(author, "name"), HtmlToText(TextOf(part, "body"))});
  if (speaker != Speaker::kVisitor) return;
  if (chat.name.empty()) chat.name = TextOf(author, "name");
  if (chat.email.empty()) chat.email = TextOf(author, "email");
}

Conversation ReadItem(const json::object& item) {
  Conversation chat;
  chat.id = IdOf(item, "id");
  const json::object& source = ObjectOf(item, "source");
  chat.subject = HtmlToText(TextOf(source, "subject"));
  chat.last_message = IdOf(source, "id");
  AddTurn(chat, source);
  for (const json::value& one : ListOf(ObjectOf(item, "conversation_parts"), "conversation_parts")) {
    if (!one.is_object()) continue;
    const json::object& part = one.as_object();
    // What the team notes for itself is not part of the conversation.
    if (TextOf(part, "part_type") == "note") continue;
    if (const std::string id = IdOf(part, "id"); !id.empty()) chat.last_message = id;
    AddTurn(chat, part);
  }
  return chat;
}

}  // namespace

Result<std::optional<Arrival>> ReadIntercomChat(std::string_view source, std::string_view body) {
  TR_ASSIGN(const json::value value, ParseJson(body));
  if (!value.is_object()) return Invalid("the body is not a JSON object");
  const json::object& object = value.as_object();
  const json::object& item = ObjectOf(ObjectOf(object, "data"), "item");
  if (!IsWanted(TextOf(object, "topic"), item)) return std::optional<Arrival>{};
  TR_ASSIGN(Arrival arrival,
            FoldChat(source, ReadItem(item), "data.item.id", "data.item.source and conversation_parts"));
  return std::optional<Arrival>(std::move(arrival));
}

}  // namespace tr::intake
