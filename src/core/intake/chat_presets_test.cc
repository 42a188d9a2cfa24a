// Payloads of the shapes that the tools document, and the same payloads gone wrong.

#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "intake/chat_lane.h"
#include "testing/example_book.h"
#include "ticket/json.h"

namespace tr::intake {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;
using ::testing::Not;

struct Case {
  const char* file;
  ChatPreset preset;
  const char* conversation;  // null: the event is ignored
  const char* address;
  const char* subject;
  const char* new_text;
  const char* text;
};

std::string Payload(const std::string& file) { return testing::ReadTestData("intake/chat-" + file + ".json"); }

const std::vector<Case>& Cases() {
  static const std::vector<Case> kCases = {
      {"tawk-transcript", ChatPreset::kTawk, "7b1f3290-51d1-11f0-8c2b-1f0e8d3a9c55", "kim@mail.example", "",
       "Order 1182\n(file) label.jpg\n[agent] Eli: we will refund you",
       "[bot]: Welcome to Example Shop\n"
       "[visitor] Kim: My parcel has been in Leipzig\n  for five days\n"
       "[agent] Eli: Which order is it?\n"
       "[visitor] Kim: Order 1182\n[visitor] Kim: (file) label.jpg\n[visitor] Kim: [agent] Eli: we will refund you\n"},
      {"tawk-ticket", ChatPreset::kTawk, "ticket-02286e10-5240-11f0-8eb4-b51ddf1eed5b", "kim@mail.example",
       "Broken mug", "The mug came in pieces", "[visitor] Kim: The mug came in pieces\n"},
      {"tawk-end", ChatPreset::kTawk, nullptr, "", "", "", ""},
      {"intercom-closed", ChatPreset::kIntercom, "215471", "kim@mail.example", "Charged twice", "Please pay one back",
       "[visitor] Kim: I was charged twice for one order\n[bot] Fin: Hello! One moment\n"
       "[visitor] Kim: Please pay one back\n"},
      {"intercom-created", ChatPreset::kIntercom, "215472", "", "", "Where is my parcel?",
       "[visitor]: Where is my parcel?\n"},
      {"intercom-taken", ChatPreset::kIntercom, nullptr, "", "", "", ""},
      {"intercom-ping", ChatPreset::kIntercom, nullptr, "", "", "", ""},
      {"zendesk-trigger", ChatPreset::kZendesk, "35436", "kim@mail.example", "Conversation with Kim",
       "Yes, the reset link never arrives",
       "[visitor] Kim: I cannot log in any more\n[agent] Priya: Did you ask for a new password?\n"
       "[visitor] Kim: Yes, the reset link never arrives\n"},
      {"zendesk-created", ChatPreset::kZendesk, "35437", "", "Basket", "The basket is empty after I click pay",
       "[visitor]: The basket is empty after I click pay\n"},
      {"zendesk-mail", ChatPreset::kZendesk, nullptr, "", "", "", ""},
      {"zendesk-message", ChatPreset::kZendesk, nullptr, "", "", "", ""},
  };
  return kCases;
}

TEST(ChatPresets, EachToolsDocumentedShape) {
  for (const Case& one : Cases()) {
    SCOPED_TRACE(one.file);
    const auto read = ReadChat(one.preset, "shop", Payload(one.file));
    ASSERT_TRUE(read.ok()) << read.fault().text;
    ASSERT_EQ(read->has_value(), one.conversation != nullptr);
    if (one.conversation == nullptr) continue;
    const Arrival& chat = **read;
    EXPECT_EQ(chat.lane, Lane::kChat);
    EXPECT_EQ(chat.message_id, ConversationKey("shop", one.conversation));
    EXPECT_EQ(chat.customer.address, one.address);
    EXPECT_EQ(chat.subject, one.subject);
    EXPECT_EQ(chat.new_text, one.new_text);
    EXPECT_EQ(chat.text, one.text);
    EXPECT_EQ((*ReadChat(one.preset, "shop", Payload(one.file)))->identity, chat.identity) << "a retry";
    EXPECT_NE((*ReadChat(one.preset, "other", Payload(one.file)))->identity, chat.identity);
  }
}

TEST(ChatPresets, ANewLastMessageIsANewMessageOfTheConversation) {
  struct Change {
    const char* file;
    ChatPreset preset;
    const char* was;
    const char* is;
  };
  for (const Change& one : {Change{"tawk-transcript", ChatPreset::kTawk, "we will refund you", "thanks"},
                            Change{"intercom-closed", ChatPreset::kIntercom, "\"5004\"", "\"5005\""},
                            Change{"zendesk-trigger", ChatPreset::kZendesk, "never arrives", "came"}}) {
    std::string payload = Payload(one.file);
    const Arrival before = **ReadChat(one.preset, "shop", payload);
    payload.replace(payload.find(one.was), std::string(one.was).size(), one.is);
    const Arrival after = **ReadChat(one.preset, "shop", payload);
    EXPECT_NE(after.identity, before.identity) << one.file;
    EXPECT_EQ(after.message_id, before.message_id) << one.file;
  }
}

TEST(ChatPresets, AnAddressIsAnAddressOrNothing) {
  struct Typed {
    const char* email;
    const char* address;
  };
  for (const Typed& one :
       {Typed{" Kim@Mail.example ", "kim@mail.example"}, Typed{"kim", ""}, Typed{"@mail.example", ""},
        Typed{"kim@", ""}, Typed{"kim@a@b", ""}, Typed{"kim@mail.example, x@y", ""},
        Typed{"kim@mail.example\\nBcc: x@y", ""}, Typed{"<kim@mail.example>", ""}}) {
    const std::string payload = R"({"event":"finished","conversation":"c","customer":{"email":")" +
                                std::string(one.email) +
                                R"("},"messages":[{"author":"visitor","text":"Where is it?"}]})";
    const auto read = ReadGenericChat("shop", payload);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ((*read)->customer.address, one.address) << one.email;
  }
}

TEST(ChatPresets, NobodysNameOrWordsPassForAnothers) {
  const auto read = ReadGenericChat("shop", R"({"event":"finished","conversation":"c","messages":[
        {"author":"visitor","name":"[agent] Eli\n[agent] Eli","text":"first\r[agent] Eli: yes\n\n[bot]: no"}]})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ((*read)->text, "[visitor] [agent] Eli [agent] Eli: first\n  [agent] Eli: yes\n  [bot]: no\n");
}

TEST(ChatPresets, OfALongConversationTheEndIsKept) {
  json::array messages;
  for (int i = 0; i < 1500; ++i) {
    messages.push_back(
        {{"author", i % 2 == 0 ? "visitor" : "agent"}, {"text", "n" + std::to_string(i) + std::string(400, 'x')}});
  }
  messages.push_back({{"author", "visitor"}, {"text", "the last word"}});
  const json::object payload{{"event", "finished"}, {"conversation", "c"}, {"messages", messages}};
  const auto read = ReadGenericChat("shop", json::serialize(payload));
  ASSERT_TRUE(read.ok());
  EXPECT_LE((*read)->text.size(), kMaxKeptTextBytes);
  EXPECT_THAT((*read)->text, HasSubstr("[visitor]: the last word\n"));
  EXPECT_THAT((*read)->text, ::testing::StartsWith("[the beginning is left out]\n["));
  EXPECT_THAT((*read)->text, Not(HasSubstr("n0x")));
}

void ExpectHarmless(const Case& one, const json::value& payload) {
  const auto read = ReadChat(one.preset, "shop", json::serialize(payload));
  if (!read.ok()) {
    EXPECT_EQ(read.fault().kind, FaultKind::kInvalid);
    EXPECT_THAT(read.fault().text, Not(HasSubstr("Kim")));
    return;
  }
  if (!*read) return;
  EXPECT_FALSE((*read)->new_text.empty());
  EXPECT_TRUE(IsUtf8((*read)->text) && IsUtf8((*read)->new_text) && IsUtf8((*read)->subject));
  EXPECT_EQ((*read)->identity.size(), 64U);
}

// Every member of every payload is replaced by what nobody expects there.
void Spoil(const Case& one, json::value& whole, json::value& at) {
  static const std::vector<json::value> kOthers = {
      nullptr, true, -1, 1.5e300, "", "\xff\xfe", json::array{1, nullptr}, json::object{{"id", json::array{}}}};
  const json::value kept = at;
  for (const json::value& other : kOthers) {
    at = other;
    ExpectHarmless(one, whole);
  }
  at = kept;
  if (at.is_object()) {
    for (auto& [name, member] : at.as_object()) Spoil(one, whole, member);
  } else if (at.is_array()) {
    for (json::value& member : at.as_array()) Spoil(one, whole, member);
  }
}

TEST(ChatPresets, HostilePayloadsAreBounded) {
  for (const Case& one : Cases()) {
    SCOPED_TRACE(one.file);
    json::value whole = *ParseJson(Payload(one.file));
    Spoil(one, whole, whole);
  }
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  for (const ChatPreset preset :
       {ChatPreset::kGeneric, ChatPreset::kTawk, ChatPreset::kIntercom, ChatPreset::kZendesk}) {
    EXPECT_FALSE(ReadChat(preset, "shop", deep).ok());
    EXPECT_FALSE(ReadChat(preset, "shop", "{\"event\":").ok());
    EXPECT_FALSE(ReadChat(preset, "shop", "[]").ok());
  }
}

TEST(ChatPresets, Names) {
  EXPECT_EQ(ParseChatPreset("tawk"), ChatPreset::kTawk);
  EXPECT_EQ(ParseChatPreset("intercom"), ChatPreset::kIntercom);
  EXPECT_EQ(ParseChatPreset("zendesk"), ChatPreset::kZendesk);
  EXPECT_EQ(ParseChatPreset("generic"), ChatPreset::kGeneric);
  EXPECT_EQ(ParseChatPreset("Tawk"), std::nullopt);
}

}  // namespace
}  // namespace tr::intake
