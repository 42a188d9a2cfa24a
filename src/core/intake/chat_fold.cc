#include "intake/chat_fold.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "intake/chat_lane.h"
#include "intake/normalise.h"

namespace tr::intake {
namespace {

// Ids of chat tools have some 40 characters.
constexpr std::size_t kMaxIdBytes = 200;

std::string_view Role(Speaker speaker) {
  switch (speaker) {
    case Speaker::kVisitor: return "[visitor]";
    case Speaker::kAgent: return "[agent]";
    case Speaker::kBot: return "[bot]";
  }
  return "[bot]";
}

std::string Folded(const ChatTurn& turn) {
  std::string text(Role(turn.speaker));
  const std::string who = CutText(Squeeze(turn.who), kMaxNameBytes);
  if (!who.empty()) text += " " + who;
  text += ":";
  bool first = true;
  std::string plain = turn.text;
  std::replace(plain.begin(), plain.end(), '\r', '\n');
  for (const std::string_view line : SplitText(plain, '\n')) {
    const std::string squeezed = Squeeze(line);
    if (squeezed.empty()) continue;
    text += (first ? " " : "\n  ") + squeezed;
    first = false;
  }
  return text + "\n";
}

// Of a long conversation the end: what is wanted now was said last.
std::string Whole(const std::vector<ChatTurn>& turns) {
  constexpr std::string_view kCut = "[the beginning is left out]\n";
  std::vector<std::string> parts;
  std::size_t size = kCut.size();
  for (auto turn = turns.rbegin(); turn != turns.rend(); ++turn) {
    std::string part = Folded(*turn);
    if (size + part.size() > kMaxKeptTextBytes && !parts.empty()) break;
    size += part.size();
    parts.push_back(std::move(part));
  }
  std::string text(parts.size() < turns.size() ? kCut : "");
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) text += *part;
  return text;
}

std::string Newest(const std::vector<ChatTurn>& turns) {
  std::string since_agent;
  std::string all;
  for (const ChatTurn& turn : turns) {
    if (turn.speaker != Speaker::kVisitor) {
      since_agent.clear();
      continue;
    }
    since_agent += turn.text + "\n";
    all += turn.text + "\n";
  }
  return std::string(Trim(since_agent.empty() ? all : since_agent));
}

// Whatever a visitor typed into a field: something@somewhere in one word, or nothing.
std::string Address(std::string_view email) {
  std::string address = ToLowerAscii(Trim(email));
  const std::size_t at = address.find('@');
  const bool one_word = std::none_of(address.begin(), address.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == ',' || c == ';' || c == '"' ||
           c == 0x7f;
  });
  const bool fits = at != std::string::npos && at > 0 && at + 1 < address.size() &&
                    address.find('@', at + 1) == std::string::npos && address.size() <= kMaxAddressBytes;
  return fits && one_word ? address : "";
}

}  // namespace

Result<Arrival> FoldChat(std::string_view source, Conversation conversation, std::string_view id_member,
                         std::string_view messages_member) {
  std::vector<ChatTurn>& turns = conversation.turns;
  for (ChatTurn& turn : turns) turn.text = std::string(Trim(RepairUtf8(turn.text)));
  std::erase_if(turns, [](const ChatTurn& turn) { return turn.text.empty(); });
  if (turns.size() > kMaxChatTurns)
    turns.erase(turns.begin(), turns.end() - static_cast<std::ptrdiff_t>(kMaxChatTurns));
  if (conversation.id.empty() || conversation.id.size() > kMaxIdBytes) {
    return Invalid("member " + std::string(id_member) + ": it is missing; send the conversation's id as text");
  }
  Arrival arrival;
  arrival.lane = Lane::kChat;
  arrival.new_text = Newest(turns);
  if (arrival.new_text.empty()) {
    return Invalid("member " + std::string(messages_member) + ": no words of a visitor; send what the customer wrote");
  }
  arrival.text = Whole(turns);
  arrival.customer.name = Squeeze(conversation.name);
  arrival.customer.address = Address(conversation.email);
  arrival.from = {arrival.customer.name, arrival.customer.address};
  arrival.subject = Squeeze(conversation.subject);
  if (conversation.last_message.empty()) conversation.last_message = ToHex(Sha256(NormaliseNewText(arrival.text)));
  arrival.identity = ToHex(HashFields({"chat", source, conversation.id, conversation.last_message}));
  arrival.message_id = ConversationKey(source, conversation.id);
  arrival.references = {arrival.message_id};
  arrival.joins_freely = true;
  return arrival;
}

}  // namespace tr::intake
