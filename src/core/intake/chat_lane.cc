#include "intake/chat_lane.h"

#include <utility>

#include "intake/chat_fold.h"
#include "intake/chat_json.h"
#include "ticket/json.h"

namespace tr::intake {
namespace {

namespace json = boost::json;

Speaker SpeakerOf(const std::string& author) {
  if (author == "visitor") return Speaker::kVisitor;
  return author == "bot" ? Speaker::kBot : Speaker::kAgent;
}

}  // namespace

std::string ConversationKey(std::string_view source, std::string_view conversation) {
  return "chat:" + std::string(source) + ":" + std::string(conversation);
}

std::optional<ChatPreset> ParseChatPreset(std::string_view name) {
  if (name == "generic") return ChatPreset::kGeneric;
  if (name == "tawk") return ChatPreset::kTawk;
  if (name == "intercom") return ChatPreset::kIntercom;
  if (name == "zendesk") return ChatPreset::kZendesk;
  return std::nullopt;
}

Result<std::optional<Arrival>> ReadChat(ChatPreset preset, std::string_view source, std::string_view body) {
  switch (preset) {
    case ChatPreset::kGeneric: return ReadGenericChat(source, body);
    case ChatPreset::kTawk: return ReadTawkChat(source, body);
    case ChatPreset::kIntercom: return ReadIntercomChat(source, body);
    case ChatPreset::kZendesk: return ReadZendeskChat(source, body);
  }
  return Bug("a chat of no preset");
}

Result<std::optional<Arrival>> ReadGenericChat(std::string_view source, std::string_view body) {
  TR_ASSIGN(const json::value value, ParseJson(body));
  if (!value.is_object()) return Invalid("the body is not a JSON object");
  const json::object& object = value.as_object();
  const std::string event = TextOf(object, "event");
  if (event != "finished" && event != "handed_over" && event != "unassigned") return std::optional<Arrival>{};
  Conversation chat;
  chat.id = TextOf(object, "conversation");
  chat.last_message = TextOf(object, "message_id");
  chat.name = TextOf(ObjectOf(object, "customer"), "name");
  chat.email = TextOf(ObjectOf(object, "customer"), "email");
  chat.subject = TextOf(object, "subject");
  for (const json::value& one : ListOf(object, "messages")) {
    if (!one.is_object()) continue;
    const json::object& turn = one.as_object();
    chat.turns.push_back({SpeakerOf(TextOf(turn, "author")), TextOf(turn, "name"), TextOf(turn, "text")});
  }
  TR_ASSIGN(Arrival arrival, FoldChat(source, std::move(chat), "conversation", "messages"));
  return std::optional<Arrival>(std::move(arrival));
}

}  // namespace tr::intake
