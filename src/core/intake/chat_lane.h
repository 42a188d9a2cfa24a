#pragma once
// The chat lane: from a chat tool's webhook to an Arrival: the whole conversation folded into one body (chat_fold.h).
// Every reader here gives nothing for an event that is not a conversation which is finished, handed over or unassigned,
// and kInvalid for a payload that is one and cannot be used: not JSON, no conversation id, no words of a visitor; the
// fault says which member, never its value. Members of another type than documented are as good as absent.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "intake/accept.h"

namespace tr::intake {

inline constexpr std::size_t kMaxChatBytes = 1024 * 1024;
inline constexpr std::size_t kMaxChatTurns = 1000;

// Whose payload it is.
enum class ChatPreset : std::uint8_t { kGeneric, kTawk, kIntercom, kZendesk };
std::optional<ChatPreset> ParseChatPreset(std::string_view name);  // "generic", "tawk", "intercom", "zendesk"

// Reads a payload of this preset. REQUIRES: at most kMaxChatBytes.
Result<std::optional<Arrival>> ReadChat(ChatPreset preset, std::string_view source, std::string_view body);

// The generic payload, the shape that any tool can be made to send:
//   {"event": "finished" | "handed_over" | "unassigned",
//    "conversation": "c-1", "message_id": "m-9" (optional: of its last message),
//    "customer": {"name", "email"}, "subject" (optional),
//    "messages": [{"author": "visitor" | "agent" | "bot", "name", "text"}]}
Result<std::optional<Arrival>> ReadGenericChat(std::string_view source, std::string_view body);

// tawk.to: "chat:transcript_created" (a finished chat, whole) and "ticket:create" (left while nobody was there).
Result<std::optional<Arrival>> ReadTawkChat(std::string_view source, std::string_view body);

// Intercom: "conversation.admin.closed", "conversation.admin.assigned", and of a conversation that no admin has
// "conversation.user.created" and "conversation.user.replied". Its bodies are HTML; notes are the team's own.
Result<std::optional<Arrival>> ReadIntercomChat(std::string_view source, std::string_view body);

// Zendesk: what a trigger sends in the shape of docs/chat.md, and "zen:event-type:ticket.created" of a chat or
// messaging channel that nobody has yet.
Result<std::optional<Arrival>> ReadZendeskChat(std::string_view source, std::string_view body);

// The name by which a conversation is found again: "chat:SOURCE:CONVERSATION".
std::string ConversationKey(std::string_view source, std::string_view conversation);

}  // namespace tr::intake
