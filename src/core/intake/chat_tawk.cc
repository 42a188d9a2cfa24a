// tawk.to's webhooks: developer.tawk.to/webhooks. Messages carry no id: what was said stands for the last one, so that
// a retry of twelve hours later is the same chat.

#include <utility>

#include "intake/chat_fold.h"
#include "intake/chat_json.h"
#include "intake/chat_lane.h"
#include "ticket/json.h"

namespace tr::intake {
namespace {

namespace json = boost::json;

// "v" the visitor, "a" an agent, "s" the system.
Speaker SpeakerOf(const json::object& sender) {
  const std::string type = TextOf(sender, "t");
  if (type == "v") return Speaker::kVisitor;
  return type == "a" ? Speaker::kAgent : Speaker::kBot;
}

// A file or a call says that it was one.
std::string Said(const json::object& message) {
  const std::string type = TextOf(message, "type");
  const std::string text = TextOf(message, "msg");
  if (type.empty() || type == "msg") return text;
  return "(" + type.substr(0, 40) + ") " + text;
}

Conversation Transcript(const json::object& chat) {
  const json::object& visitor = ObjectOf(chat, "visitor");
  Conversation conversation;
  conversation.id = IdOf(chat, "id");
  conversation.name = TextOf(visitor, "name");
  conversation.email = TextOf(visitor, "email");
  for (const json::value& one : ListOf(chat, "messages")) {
    if (!one.is_object()) continue;
    const json::object& message = one.as_object();
    const json::object& sender = ObjectOf(message, "sender");
    const Speaker speaker = SpeakerOf(sender);
    std::string who = TextOf(sender, "n");
    if (who.empty() && speaker == Speaker::kVisitor) who = conversation.name;
    conversation.turns.push_back({speaker, std::move(who), Said(message)});
  }
  return conversation;
}

Conversation LeftMessage(const json::object& object) {
  const json::object& ticket = ObjectOf(object, "ticket");
  const json::object& requester = ObjectOf(object, "requester");
  Conversation conversation;
  const std::string id = IdOf(ticket, "id");
  if (!id.empty()) conversation.id = "ticket-" + id;
  conversation.name = TextOf(requester, "name");
  conversation.email = TextOf(requester, "email");
  conversation.subject = TextOf(ticket, "subject");
  conversation.turns.push_back({Speaker::kVisitor, conversation.name, TextOf(ticket, "message")});
  return conversation;
}

}  // namespace

Result<std::optional<Arrival>> ReadTawkChat(std::string_view source, std::string_view body) {
  TR_ASSIGN(const json::value value, ParseJson(body));
  if (!value.is_object()) return Invalid("the body is not a JSON object");
  const json::object& object = value.as_object();
  const std::string event = TextOf(object, "event");
  const bool transcript = event == "chat:transcript_created";
  if (!transcript && event != "ticket:create") return std::optional<Arrival>{};
  Conversation chat = transcript ? Transcript(ObjectOf(object, "chat")) : LeftMessage(object);
  TR_ASSIGN(Arrival arrival, FoldChat(source, std::move(chat), transcript ? "chat.id" : "ticket.id",
                                      transcript ? "chat.messages" : "ticket.message"));
  return std::optional<Arrival>(std::move(arrival));
}

}  // namespace tr::intake
