#pragma once
// A chat conversation, whatever tool it came from, folded into one Arrival. Internal to intake/.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intake/accept.h"

namespace tr::intake {

enum class Speaker : std::uint8_t { kVisitor, kAgent, kBot };

struct ChatTurn {
  Speaker speaker = Speaker::kBot;
  std::string who;  // may be empty
  std::string text;
};

struct Conversation {
  std::string id;
  std::string last_message;  // id of its last message; empty: what was said stands for it
  std::string name;          // the visitor's
  std::string email;         // likewise; what is no address is dropped
  std::string subject;
  std::vector<ChatTurn> turns;  // in order; at most the last kMaxChatTurns are kept
};

// The body: each turn begins with "[visitor]", "[agent]" or "[bot]" and a name, its further lines are indented, so that
// nobody's words can pass for another's. The visitor's words since the last agent's (else all of the visitor's) are
// what is read. kInvalid: no id, or no words of a visitor; says which member of the payload, by these names.
Result<Arrival> FoldChat(std::string_view source, Conversation conversation, std::string_view id_member,
                         std::string_view messages_member);

}  // namespace tr::intake
