#pragma once
// The chat lane: from a chat tool's webhook to an Arrival: the whole conversation folded into one body.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "intake/accept.h"

namespace tr::intake {

inline constexpr std::size_t kMaxChatBytes = 1024 * 1024;
inline constexpr std::size_t kMaxChatTurns = 1000;

// Reads the generic payload, the shape that any tool can be made to send:
//   {"event": "finished" | "handed_over" | "unassigned",
//    "conversation": "c-1", "message_id": "m-9" (optional: of its last message),
//    "customer": {"name", "email"}, "subject" (optional),
//    "messages": [{"author": "visitor" | "agent" | "bot", "name", "text"}]}
// The visitor's words since the last agent's are what is read; the whole conversation is what a human sees. Nothing for
// an event that is none of the three. kInvalid: not JSON, no conversation id, no message of a visitor; says which
// member.
Result<std::optional<Arrival>> ReadGenericChat(std::string_view source, std::string_view body);

// The name by which a conversation is found again: "chat:SOURCE:CONVERSATION".
std::string ConversationKey(std::string_view source, std::string_view conversation);

}  // namespace tr::intake
