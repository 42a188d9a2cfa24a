#include "intake/chat_lane.h"

#include <boost/json.hpp>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "intake/normalise.h"
#include "ticket/json.h"

namespace tr::intake {
namespace {

namespace json = boost::json;

struct Turn {
  bool visitor = false;
  std::string who;
  std::string text;
};

std::string Text(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return "";
  return RepairUtf8(std::string_view(value->as_string()));
}

std::optional<Turn> ReadTurn(const json::value& value) {
  if (!value.is_object()) return std::nullopt;
  const json::object& object = value.as_object();
  const std::string author = Text(object, "author");
  Turn turn;
  turn.visitor = author == "visitor";
  turn.who = Squeeze(Text(object, "name"));
  if (turn.who.empty()) turn.who = author.empty() ? "unknown" : author;
  turn.text = std::string(Trim(Text(object, "text")));
  if (turn.text.empty()) return std::nullopt;
  return turn;
}

std::vector<Turn> ReadTurns(const json::object& object) {
  std::vector<Turn> turns;
  const json::value* list = object.if_contains("messages");
  if (list == nullptr || !list->is_array()) return turns;
  for (const json::value& value : list->as_array()) {
    if (turns.size() == kMaxChatTurns) break;
    if (std::optional<Turn> turn = ReadTurn(value)) turns.push_back(*std::move(turn));
  }
  return turns;
}

// Everything, each turn with who said it.
std::string Whole(const std::vector<Turn>& turns) {
  std::string text;
  for (const Turn& turn : turns) text += (turn.visitor ? "" : "[agent] ") + turn.who + ": " + turn.text + "\n";
  return text;
}

// The visitor's last words: those after the last agent's, else all of the visitor's.
std::string Newest(const std::vector<Turn>& turns) {
  std::string since_agent;
  std::string all;
  for (const Turn& turn : turns) {
    if (!turn.visitor) {
      since_agent.clear();
      continue;
    }
    since_agent += turn.text + "\n";
    all += turn.text + "\n";
  }
  return std::string(Trim(since_agent.empty() ? all : since_agent));
}

}  // namespace

std::string ConversationKey(std::string_view source, std::string_view conversation) {
  return "chat:" + std::string(source) + ":" + std::string(conversation);
}

Result<std::optional<Arrival>> ReadGenericChat(std::string_view source, std::string_view body) {
  TR_ASSIGN(const json::value value, ParseJson(body));
  if (!value.is_object()) return Invalid("the body is not a JSON object");
  const json::object& object = value.as_object();
  const std::string event = Text(object, "event");
  if (event != "finished" && event != "handed_over" && event != "unassigned") return std::optional<Arrival>{};
  const std::string conversation = Text(object, "conversation");
  if (conversation.empty()) return Invalid("member conversation: it is missing; send the conversation's id as text");
  const std::vector<Turn> turns = ReadTurns(object);
  Arrival arrival;
  arrival.lane = Lane::kChat;
  arrival.new_text = Newest(turns);
  if (arrival.new_text.empty()) {
    return Invalid("member messages: none has the author \"visitor\" and a text; send what the customer wrote");
  }
  arrival.text = Whole(turns);
  if (const json::value* customer = object.if_contains("customer"); customer != nullptr && customer->is_object()) {
    arrival.customer.name = Squeeze(Text(customer->as_object(), "name"));
    arrival.customer.address = ToLowerAscii(Trim(Text(customer->as_object(), "email")));
  }
  arrival.from = {arrival.customer.name, arrival.customer.address};
  arrival.subject = Squeeze(Text(object, "subject"));
  std::string last = Text(object, "message_id");
  if (last.empty()) last = ToHex(Sha256(NormaliseNewText(arrival.text)));
  arrival.identity = ToHex(HashFields({"chat", source, conversation, last}));
  arrival.message_id = ConversationKey(source, conversation);
  arrival.references = {arrival.message_id};
  arrival.joins_freely = true;
  return std::optional<Arrival>(std::move(arrival));
}

}  // namespace tr::intake
