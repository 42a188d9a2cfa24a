#include "ticket/json.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <limits>

namespace tr {
namespace {

namespace json = boost::json;

Tags FullTags() { return {"refund", Urgency::kHigh, Tone::kAngry, {Signal::kOutage, Signal::kDeadline}, true}; }

Ticket FullTicket() {
  Ticket ticket;
  ticket.id = "01ARYZ6S41TSV4RRFFQ69G5FAV";
  ticket.lane = Lane::kChat;
  ticket.state = State::kTaken;
  ticket.move = Move::kEscalate;
  ticket.rank = Rank::kEscalate;
  ticket.team = "Billing";
  ticket.person = "ann@shop.example";
  ticket.customer = {"\u00c9lise \"E\"", "elise@globex.example", Verification::kVerified};
  ticket.subject = std::string("line\nbreak \U0001F600 and \0 NUL", 26);
  ticket.tags = FullTags();
  ticket.received_at = FromMillis(1796724000001);
  ticket.landed_at = FromMillis(1796724000002);
  ticket.taken_at = FromMillis(1796724000003);
  ticket.done_at = FromMillis(1796724000004);
  ticket.touched_at = FromMillis(1796724000005);
  ticket.waiting_since = FromMillis(1796724000006);
  ticket.taken_by = "bob@shop.example";
  ticket.links = {{"merged_from", "01B"}, {"reply_to", "01C"}};
  ticket.messages = 3;
  ticket.set_aside_why = "list";
  ticket.automated = true;
  ticket.dead_lettered = true;
  ticket.pinged = Rank::kPriority;
  ticket.bumped = Urgency::kLow;
  ticket.fixed_topic = "refund";
  ticket.fixed_team = "Billing";
  ticket.fixed_person = "ann@shop.example";
  ticket.fixed_place = true;
  ticket.text_removed = true;
  return ticket;
}

Message FullMessage() {
  Message message;
  message.ticket = "01A";
  message.n = 2;
  message.author = Author::kTeam;
  message.from = {"Ann", "ann@shop.example"};
  message.at = FromMillis(1796724000001);
  message.text = "all of it";
  message.new_text = "new";
  message.attachments = {{"a.pdf", "application/pdf", std::numeric_limits<std::uint64_t>::max()}, {"", "", 0}};
  message.message_id = "x@y";
  message.original = "raw/1";
  message.state = MessageState::kHandled;
  message.machine = Machine::kBounce;
  message.automated = true;
  message.verification = Verification::kFailed;
  return message;
}

Reading FullReading() {
  return {"refund",
          0.912345,
          0.8,
          {{"refund", 0.912345}, {"delivery", 0.05}},
          Urgency::kMedium,
          Tone::kFrustrated,
          {Signal::kPaymentFailure},
          {"charged twice", ""},
          "embedded"};
}

Decision FullDecision() {
  return {Move::kHold,
          Rank::kPriority,
          "Triage",
          "ann@shop.example",
          FullTags(),
          {{"rules.md", 12, "angry and high: escalate", "urgent*", true}, {"standard", 0, "standard: vip", "", false}},
          {{"ann@shop.example", "stand-in", FromMillis(1796724000000)}}};
}

template <typename Value>
json::value ThroughText(const Value& value) {
  const auto parsed = ParseJson(json::serialize(ToJson(value)));
  EXPECT_TRUE(parsed.ok());
  return *parsed;
}

TEST(JsonTest, EveryValueIsReadBack) {
  EXPECT_EQ(*TicketFromJson(ThroughText(FullTicket())), FullTicket());
  EXPECT_EQ(*TicketFromJson(ThroughText(Ticket{})), Ticket{});
  EXPECT_EQ(*MessageFromJson(ThroughText(FullMessage())), FullMessage());
  EXPECT_EQ(*MessageFromJson(ThroughText(Message{})), Message{});
  EXPECT_EQ(*ReadingFromJson(ThroughText(FullReading())), FullReading());
  EXPECT_EQ(*ReadingFromJson(ThroughText(Reading{})), Reading{});
  EXPECT_EQ(*DecisionFromJson(ThroughText(FullDecision())), FullDecision());
  EXPECT_EQ(*DecisionFromJson(ThroughText(Decision{})), Decision{});
}

TEST(JsonTest, EachOptionalStandsAlone) {
  const auto expect = [](const Ticket& ticket) { EXPECT_EQ(*TicketFromJson(ThroughText(ticket)), ticket); };
  Ticket ticket;
  ticket.landed_at = FromMillis(5);
  expect(ticket);
  ticket = {};
  ticket.taken_at = FromMillis(5);
  expect(ticket);
  ticket = {};
  ticket.done_at = FromMillis(5);
  expect(ticket);
  ticket = {};
  ticket.waiting_since = FromMillis(5);
  expect(ticket);
  for (const Rank rank : {Rank::kNormal, Rank::kPriority, Rank::kEscalate}) {
    ticket = {};
    ticket.pinged = rank;
    expect(ticket);
  }
  for (const Urgency urgency : {Urgency::kLow, Urgency::kMedium, Urgency::kHigh}) {
    ticket = {};
    ticket.bumped = urgency;
    expect(ticket);
  }
}

TEST(JsonTest, TheVersionStaysOutside) {
  Ticket ticket;
  ticket.version = 7;
  EXPECT_FALSE(ToJson(ticket).contains("version"));
  EXPECT_EQ(TicketFromJson(ToJson(ticket))->version, 0);
}

TEST(JsonTest, SpellsMembersAsTheApiDoes) {
  EXPECT_EQ(json::serialize(ToJson(FullTags())),
            R"({"topic":"refund","urgency":"high","tone":"angry","signals":["outage","deadline"],"vip":true})");
  EXPECT_EQ(json::serialize(ToJson(Customer{"Ann", "ann@x.example", Verification::kFailed})),
            R"({"name":"Ann","address":"ann@x.example","verified":"failed"})");
  EXPECT_EQ(json::serialize(ToJson(Mailbox{"Ann", "ann@x.example"})), R"({"name":"Ann","address":"ann@x.example"})");
  EXPECT_EQ(json::serialize(ToJson(Reason{"topics", 6, "topic refund", "refund", true})),
            R"({"rule":"topics","line":6,"text":"topic refund","hit":"refund","decided":true})");
  EXPECT_EQ(json::serialize(ToJson(Ping{"", "lead", FromMillis(0)})),
            R"({"person":"","role":"lead","due":"1970-01-01T00:00:00.000Z"})");
  EXPECT_EQ(json::serialize(ToJson(Attachment{"a", "text/plain", 3})),
            R"({"filename":"a","content_type":"text/plain","size":3})");
  EXPECT_EQ(json::serialize(ToJson(Link{"reply_to", "01A"})), R"({"kind":"reply_to","id":"01A"})");
  const json::object ticket = ToJson(Ticket{});
  for (const char* absent : {"landed_at", "taken_at", "done_at", "pinged", "bumped"}) {
    EXPECT_TRUE(ticket.at(absent).is_null()) << absent;
  }
}

TEST(JsonTest, ScoresThatAreNoNumbersBecomeZero) {
  Reading reading;
  reading.confidence = std::numeric_limits<double>::quiet_NaN();
  reading.sure_at = std::numeric_limits<double>::infinity();
  EXPECT_EQ(*ReadingFromJson(ThroughText(reading)), Reading{});
}

TEST(JsonTest, ScoresKeepSixDecimals) {
  for (int i = 0; i <= 1000; ++i) {
    Reading reading;
    reading.confidence = i * 997 % 1000001 / 1e6;
    EXPECT_EQ(*ReadingFromJson(ThroughText(reading)), reading) << i;
  }
}

TEST(JsonTest, IgnoresWhatItDoesNotKnowAndKeepsDefaults) {
  const auto ticket = TicketFromJson(*ParseJson(R"({"id":"01A","colour":{"a":[1]},"tags":{"x":1},"landed_at":null})"));
  ASSERT_TRUE(ticket.ok());
  Ticket expected;
  expected.id = "01A";
  EXPECT_EQ(*ticket, expected);
  const auto reading = ReadingFromJson(*ParseJson(R"({"confidence":1})"));  // a whole number is a number too
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading->confidence, 1);
}

// A member's path and its replacement by something of another type, or with a name that nobody knows.
TEST(JsonTest, RefusesWrongTypesAndSaysWhere) {
  const struct {
    std::string text;
    std::string path;
  } cases[] = {
      {"[]", "ticket "},
      {"null", "ticket "},
      {R"("x")", "ticket "},
      {R"({"id":1})", "ticket.id "},
      {R"({"id":null})", "ticket.id "},
      {R"({"lane":"fax"})", "ticket.lane "},
      {R"({"lane":0})", "ticket.lane "},
      {R"({"state":null})", "ticket.state "},
      {R"({"move":"Hold"})", "ticket.move "},
      {R"({"rank":["normal"]})", "ticket.rank "},
      {R"({"customer":"ann"})", "ticket.customer "},
      {R"({"customer":{"verified":true}})", "ticket.customer.verified "},
      {R"({"tags":{"urgency":"urgent"}})", "ticket.tags.urgency "},
      {R"({"tags":{"tone":3}})", "ticket.tags.tone "},
      {R"({"tags":{"signals":"outage"}})", "ticket.tags.signals "},
      {R"({"tags":{"signals":["fire"]}})", "ticket.tags.signals "},
      {R"({"tags":{"signals":[1]}})", "ticket.tags.signals "},
      {R"({"tags":{"vip":"yes"}})", "ticket.tags.vip "},
      {R"({"received_at":1796724000})", "ticket.received_at "},
      {R"({"received_at":null})", "ticket.received_at "},
      {R"({"landed_at":"soon"})", "ticket.landed_at "},
      {R"({"done_at":false})", "ticket.done_at "},
      {R"({"links":{}})", "ticket.links "},
      {R"({"links":[7]})", "ticket.links "},
      {R"({"links":[{"kind":1}]})", "ticket.links.kind "},
      {R"({"messages":"3"})", "ticket.messages "},
      {R"({"messages":1.5})", "ticket.messages "},
      {R"({"messages":2147483648})", "ticket.messages "},
      {R"({"messages":18446744073709551615})", "ticket.messages "},
      {R"({"automated":1})", "ticket.automated "},
      {R"({"pinged":"low"})", "ticket.pinged "},
      {R"({"bumped":2})", "ticket.bumped "},
      {R"({"fixed_place":"true"})", "ticket.fixed_place "},
      {R"({"id":1,"lane":"fax"})", "ticket.id "},  // the first counts
  };
  for (const auto& c : cases) {
    const auto ticket = TicketFromJson(*ParseJson(c.text));
    ASSERT_FALSE(ticket.ok()) << c.text;
    EXPECT_EQ(ticket.fault().kind, FaultKind::kInvalid);
    EXPECT_TRUE(ticket.fault().text.starts_with(c.path)) << ticket.fault().text;
  }
  for (const std::string_view text :
       {R"({"n":"1"})", R"({"author":"robot"})", R"({"from":[]})", R"({"at":0})", R"({"attachments":[{"size":-1}]})",
        R"({"attachments":[{"size":1.0}]})", R"({"state":"landed"})", R"({"machine":"none"})"}) {
    EXPECT_FALSE(MessageFromJson(*ParseJson(text)).ok()) << text;
  }
  for (const std::string_view text : {R"({"confidence":"0.5"})", R"({"ranking":[["a",1]]})", R"({"evidence":[null]})",
                                      R"({"evidence":"x"})", R"({"signals":{}})"}) {
    EXPECT_FALSE(ReadingFromJson(*ParseJson(text)).ok()) << text;
  }
  for (const std::string_view text :
       {R"({"move":1})", R"({"reasons":[{"line":"1"}]})", R"({"reasons":[{"decided":0}]})",
        R"({"pings":[{"due":null}]})", R"({"pings":"nobody"})"}) {
    EXPECT_FALSE(DecisionFromJson(*ParseJson(text)).ok()) << text;
  }
}

TEST(JsonTest, AFaultDoesNotQuoteTheInput) {
  const auto ticket = TicketFromJson(*ParseJson(R"({"lane":"my secret words"})"));
  ASSERT_FALSE(ticket.ok());
  EXPECT_EQ(ticket.fault().text.find("secret"), std::string::npos);
}

TEST(JsonTest, ParsesJsonAndNothingElse) {
  EXPECT_TRUE(ParseJson(" {\"a\": [1, 2.5, \"\\u00e9\\u0000\", null, true]} \n").ok());
  const struct {
    std::string text;
    std::string byte;
  } cases[] = {
      {"", "byte 0"},    {"{", "byte 1"},           {"[1,]", "byte 3"},     {"{} x", "byte 3"},
      {"nul", "byte 3"}, {"{\"a\":'b'}", "byte 5"}, {"\"\xff\"", "byte 1"}, {"01", "byte 1"},
      {"NaN", "byte 0"}, {"{\"a\":1,}", "byte 7"},
  };
  for (const auto& c : cases) {
    const auto parsed = ParseJson(c.text);
    ASSERT_FALSE(parsed.ok()) << c.text;
    EXPECT_EQ(parsed.fault().kind, FaultKind::kInvalid);
    EXPECT_TRUE(parsed.fault().text.ends_with(c.byte)) << c.text << ": " << parsed.fault().text;
  }
}

TEST(JsonTest, ParsesSixtyFourLevelsAndNoMore) {
  EXPECT_TRUE(ParseJson(std::string(64, '[') + std::string(64, ']')).ok());
  EXPECT_FALSE(ParseJson(std::string(65, '[') + std::string(65, ']')).ok());
  EXPECT_FALSE(ParseJson(std::string(1000000, '[')).ok());
}

}  // namespace
}  // namespace tr
