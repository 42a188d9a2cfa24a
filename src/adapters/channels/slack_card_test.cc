#include "channels/slack_card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>

#include "channels/slack_blocks.h"
#include "channels/slack_menu.h"
#include "channels/slack_text.h"

namespace tr::channels {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kId = "01JEKQ0000000000000000000A";

handoff::Card Sample() {
  handoff::Card card;
  card.ticket = kId;
  card.version = 7;
  card.link = "https://router.example/#/tickets/X";
  card.subject = "Charged twice";
  card.customer = {"Kim", "kim@mail.example", Verification::kVerified};
  card.team = "Billing";
  card.rank = Rank::kEscalate;
  card.tags = {"payment", Urgency::kHigh, Tone::kAngry, {Signal::kPaymentFailure}, true};
  card.confidence = 0.914;
  card.runner_up = "shipping";
  card.reasons = {{"topics", 3, "topic payment", "", false}, {"rules.md", 41, "angry and VIP -> escalate", "", true}};
  card.evidence = {"charged twice"};
  card.messages = {{1, "Kim", Time{}, "You charged me twice!", "one@mail.example"},
                   {2, "Kim", Time{}, "Hello?", "two@mail.example"}};
  card.joined = 1;
  card.attachments = {{"bill.pdf", "application/pdf", 2048}};
  card.actions = {{"take", "Take", ""},   {"reassign", "→ shipping", "shipping"},
                  {"bump", "Bump", ""},   {"split", "Split", ""},
                  {"merge", "Merge", ""}, {"done", "Done", ""},
                  {"undo", "Undo", ""}};
  return card;
}

SlackLook Look() {
  return {{{"payment", "shipping"}, {"Billing", "Shipping"}, {"dana@shop.example"}}, "help@shop.example"};
}

std::string TextOf(const SlackMessage& message) { return json::serialize(message.blocks); }

void Walk(const json::value& value, const std::function<void(const json::object&)>& visit) {
  if (value.is_array()) {
    for (const json::value& one : value.as_array()) Walk(one, visit);
  } else if (value.is_object()) {
    visit(value.as_object());
    for (const json::key_value_pair& member : value.as_object()) Walk(member.value(), visit);
  }
}

// Everything that slack.md limits, and nothing that Slack would parse.
void ExpectSlackTakes(const SlackMessage& message) {
  EXPECT_LE(message.blocks.size(), kSlackBlocks);
  EXPECT_FALSE(message.text.empty());
  std::set<std::string> ids;
  for (const json::value& block : message.blocks) {
    const json::value* id = block.as_object().if_contains("block_id");
    if (id != nullptr) {
      EXPECT_TRUE(ids.insert(std::string(id->as_string())).second);
    }
  }
  Walk(message.blocks, [](const json::object& object) {
    const json::value* type = object.if_contains("type");
    if (type == nullptr) return;
    EXPECT_NE(type->as_string(), "mrkdwn");
    if (const json::value* text = object.if_contains("text"); text != nullptr && text->is_string()) {
      EXPECT_GE(text->as_string().size(), 1U);
      EXPECT_LE(SlackLength(text->as_string()), kSlackSection);
    }
    if (type->as_string() == "button") {
      EXPECT_LE(SlackLength(object.at("text").at("text").as_string()), kSlackLabel);
      EXPECT_LE(SlackLength(object.at("value").as_string()), kSlackButtonValue);
    }
    if (type->as_string() == "context") {
      EXPECT_LE(object.at("elements").as_array().size(), 10U);
      EXPECT_GE(object.at("elements").as_array().size(), 1U);
    }
    if (type->as_string() == "actions") {
      EXPECT_LE(object.at("elements").as_array().size(), 25U);
      EXPECT_GE(object.at("elements").as_array().size(), 1U);
    }
  });
}

// For tests/slack_models.py, which shows every message to Slack's own SDK.
void Keep(const std::string& name, const SlackMessage& message) {
  const char* folder = std::getenv("TR_SLACK_CARDS");
  if (folder == nullptr) return;
  std::ofstream(std::string(folder) + "/" + name + ".json")
      << json::serialize(json::object{{"text", message.text}, {"blocks", message.blocks}});
}

TEST(LiveCard, ShowsEverything) {
  const SlackMessage message = LiveCard(Sample(), Look(), "");
  ExpectSlackTakes(message);
  Keep("live", message);
  const std::string text = TextOf(message);
  for (const char* part :
       {"ESCALATED", "https://router.example/#/tickets/X", "Charged twice", "kim@mail.example · verified",
        "payment 91 % · urgency high · angry · payment failure · VIP", "Billing",
        "“angry and VIP -> escalate”, line 41", "topic payment, row 3", "Went by “charged twice”",
        "You charged me twice!", "bill.pdf (2 KiB)", "1 more message on this", "→ shipping", "Answer by e-mail",
        "In-Reply-To=%3Ctwo%40mail.example%3E", "cc=help@shop.example"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_LT(text.find("line 41"), text.find("row 3")) << "what decided comes first";
}

TEST(LiveCard, ButtonsFollowTheActionsAndHoldIdsOnly) {
  const SlackMessage message = LiveCard(Sample(), Look(), "");
  std::vector<std::string> actions;
  Walk(message.blocks, [&](const json::object& object) {
    if (!object.contains("action_id")) return;
    actions.emplace_back(object.at("action_id").as_string());
    if (object.contains("value") && object.at("type") == "button") {
      EXPECT_TRUE(object.at("value").as_string().starts_with(std::string(kId) + ".7"));
    }
  });
  EXPECT_THAT(actions,
              ::testing::ElementsAre("take", "runner_up", "reassign", "bump", "done", "split", "undo", "why", "whole"));
  handoff::Card done = Sample();
  done.state = State::kDone;
  done.actions = {{"release", "Release", ""}};
  EXPECT_THAT(TextOf(LiveCard(done, Look(), "")), Not(HasSubstr("\"action_id\":\"take\"")));
}

TEST(LiveCard, AMenuOfMoreThanAHundredIsAModal) {
  SlackLook look = Look();
  for (int i = 0; i < 250; ++i) look.places.people.push_back("p" + std::to_string(i) + "@shop.example");
  EXPECT_THAT(TextOf(LiveCard(Sample(), look, "")), HasSubstr("reassign_modal"));
  const json::array groups = PlaceGroups(look.places);
  ASSERT_EQ(groups.size(), 5U);
  for (const json::value& group : groups) {
    EXPECT_LE(group.at("options").as_array().size(), 100U);
    EXPECT_LE(SlackLength(group.at("label").at("text").as_string()), kSlackLabel);
  }
  EXPECT_THAT(std::string(groups[2].at("label").at("text").as_string()), HasSubstr("People: dana@shop.example – p98@"));
}

TEST(LiveCard, HostileWordsStayWords) {
  const std::string texts[] = {"<!channel> <@U123> <https://evil.example|click> *b* _i_ `c` ```d``` @here :smile:",
                               std::string(100'000, '&'),
                               std::string(50'000, 'x') + "é",
                               "",
                               " \n\t ",
                               "\xFF\xFE\x01\x1B[2J",
                               "\u202Egnp.exe"};
  int n = 0;
  for (const std::string& text : texts) {
    handoff::Card card = Sample();
    card.subject = card.customer.name = card.customer.address = card.messages[0].text = card.messages[0].from = text;
    card.evidence = {text, text, text, text};
    card.attachments.assign(30, {text, text, 1});
    card.runner_up = card.actions[1].topic = text;
    card.actions[1].label = "→ " + text;
    card.reasons.assign(30, {"rules.md", 1, text, text, true});
    for (const SlackMessage& message :
         {LiveCard(card, Look(), text), MovedCard(card), ThreadMessage(card, 1, "U1"), ThreadMessage(card, 9, ""),
          PingMessage(card, "dana@shop.example", "lead", "U1"), PlainMessage(text, text)}) {
      ExpectSlackTakes(message);
      Keep("hostile" + std::to_string(n++), message);
      const std::string fallback = message.text.substr(message.text.starts_with("<@U1>") ? 5 : 0);
      EXPECT_EQ(fallback.find_first_of("<>`"), std::string::npos);
    }
  }
}

TEST(MovedCard, SaysWhereAndByWhomAndOffersUndoAlone) {
  handoff::Card card = Sample();
  card.team = "Shipping";
  card.changed_by = "dana@shop.example";
  const SlackMessage message = MovedCard(card);
  ExpectSlackTakes(message);
  Keep("moved", message);
  EXPECT_THAT(TextOf(message), HasSubstr("→ Moved to Shipping by dana@shop.example: "));
  EXPECT_THAT(TextOf(message), HasSubstr("\"action_id\":\"undo\""));
  EXPECT_THAT(TextOf(message), Not(HasSubstr("You charged me")));
  card.changed_by = "router";
  EXPECT_THAT(TextOf(MovedCard(card)), Not(HasSubstr("undo")));
}

TEST(PingMessage, NamesThePersonOrRingsNobody) {
  const SlackMessage known = PingMessage(Sample(), "dana@shop.example", "lead", "U1");
  ExpectSlackTakes(known);
  Keep("ping", known);
  EXPECT_THAT(TextOf(known), HasSubstr("\"user_id\":\"U1\""));
  EXPECT_TRUE(known.text.starts_with("<@U1>"));
  EXPECT_THAT(TextOf(PingMessage(Sample(), "dana@shop.example", "lead", "")), HasSubstr("dana@shop.example"));
  EXPECT_THAT(TextOf(PingMessage(Sample(), "dana@shop.example", "lead", "U1", "Nobody has taken it since 9:00")),
              HasSubstr("Nobody has taken it since 9:00"));
  Keep("thread", ThreadMessage(Sample(), 2, "U1"));
  EXPECT_THAT(TextOf(ThreadMessage(Sample(), 2, "U1")), HasSubstr("Hello?"));
}

TEST(PlainMessage, LongTextsAreCutIntoBlocks) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "line " + std::to_string(i) + " of the digest\n";
  const SlackMessage message = PlainMessage("The week", text);
  ExpectSlackTakes(message);
  Keep("digest", message);
  EXPECT_THAT(TextOf(message), HasSubstr("line 999 of the digest"));
}

TEST(CardKey, ReadsWhatItSpells) {
  EXPECT_EQ(ReadCardKey(Spell({kId, 7}))->version, 7);
  EXPECT_EQ(ReadCardKey(std::string(kId) + ".12.shipping")->version, 12);
  for (const char* bad :
       {"", "x", "01JEKQ0000000000000000000A", "01JEKQ0000000000000000000A.", "01JEKQ0000000000000000000A.0",
        "01JEKQ0000000000000000000A.7x", "01JEKQ0000000000000000000A.-1", "short.7"}) {
    EXPECT_FALSE(ReadCardKey(bad)) << bad;
  }
}

TEST(ReadPlace, KnowsItsOwnOptions) {
  EXPECT_EQ(ReadPlace("topic:refund")->topic, "refund");
  EXPECT_EQ(ReadPlace("team:A: B")->team, "A: B");
  EXPECT_EQ(ReadPlace("person:a@b.example")->person, "a@b.example");
  for (const char* bad : {"", "topic:", "planet:mars", "refund"}) EXPECT_FALSE(ReadPlace(bad)) << bad;
}

}  // namespace
}  // namespace tr::channels
