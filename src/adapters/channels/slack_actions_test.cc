#include "channels/slack_actions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>

#include "channels/slack_blocks.h"
#include "channels/slack_modals.h"
#include "channels/slack_text.h"

namespace tr::channels {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;

const std::string kId = "01JEKQ0000000000000000000A";

json::object Button(const std::string& id, const std::string& value) {
  return {{"type", "button"}, {"action_id", id}, {"block_id", kId + ".7.a"}, {"value", value}, {"action_ts", "9.1"}};
}

json::object Picked(const std::string& id, const std::string& option) {
  return {{"type", "static_select"},
          {"action_id", id},
          {"block_id", kId + ".7.a"},
          {"selected_option", {{"value", option}}},
          {"action_ts", "9.1"}};
}

std::string Payload(json::object action) {
  return json::serialize(json::object{{"type", "block_actions"},
                                      {"user", {{"id", "U1"}}},
                                      {"trigger_id", "t"},
                                      {"team", nullptr},
                                      {"container", {{"channel_id", "C1"}, {"message_ts", "1.2"}}},
                                      {"actions", json::array{std::move(action)}}});
}

// "take", "reassign topic:refund", …, or the fault's kind.
std::string Meaning(const std::string& payload) {
  const Result<SlackClick> click = ReadClick(payload);
  if (!click) return std::string(Name(click.fault().kind));
  if (!click->action) return "doing " + std::to_string(static_cast<int>(click->doing));
  std::string text(Name(correct::KindOf(*click->action)));
  if (const auto* reassign = std::get_if<correct::Reassign>(&*click->action)) {
    text += " " + reassign->topic + "|" + reassign->team + "|" + reassign->person;
  }
  if (const auto* bump = std::get_if<correct::Bump>(&*click->action)) text += " " + std::string(Name(bump->urgency));
  return text;
}

TEST(ReadClick, EveryButton) {
  const std::string key = kId + ".7";
  struct Case {
    json::object action;
    std::string meaning;
  };
  for (const Case& one : {
           Case{Button("take", key), "take"},
           Case{Button("done", key), "done"},
           Case{Button("release", key), "release"},
           Case{Button("undo", key), "undo"},
           Case{Button("restore", key), "restore"},
           Case{Button("runner_up", key + ".gift.card"), "reassign gift.card||"},
           Case{Picked("reassign", "topic:refund"), "reassign refund||"},
           Case{Picked("reassign", "team:Billing"), "reassign |Billing|"},
           Case{Picked("reassign", "person:dana@shop.example"), "reassign ||dana@shop.example"},
           Case{Picked("bump", "high"), "bump high"},
           Case{Button("why", key), "doing 1"},
           Case{Button("whole", key), "doing 2"},
           Case{Button("split", key), "doing 3"},
           Case{Button("reassign_modal", key), "doing 4"},
           Case{Button("runner_up", key), "doing 5"},
           Case{Picked("reassign", "planet:mars"), "doing 5"},
           Case{Picked("bump", "enormous"), "doing 5"},
           Case{Button("something", key), "doing 5"},
       }) {
    EXPECT_EQ(Meaning(Payload(one.action)), one.meaning);
  }
  const Result<SlackClick> click = ReadClick(Payload(Button("take", key)));
  ASSERT_TRUE(click.ok());
  EXPECT_EQ(click->user, "U1");
  EXPECT_EQ(click->trigger, "t");
  EXPECT_EQ(click->spot.channel, "C1");
  EXPECT_EQ(click->spot.key.version, 7);
  EXPECT_EQ(click->idempotency_key, "slack:C1:1.2:9.1:U1");
}

TEST(ReadClick, WhatIsNotOurs) {
  json::object stranger = Button("take", "x");
  stranger["block_id"] = "y";
  const std::string deep = std::string(1000, '[') + std::string(1000, ']');
  for (const std::string& payload :
       {std::string(), std::string("{"), std::string("[]"), std::string("7"), deep, Payload(stranger),
        std::string(R"({"type":"block_actions","user":{"id":"U1"},"actions":[]})"),
        std::string(R"({"type":"block_actions","user":{"id":"U1"},"actions":[7]})"),
        std::string(R"({"type":"view_submission","user":{"id":"U1"},"view":{"private_metadata":"{}"}})"),
        std::string(R"({"type":"view_closed"})")}) {
    EXPECT_EQ(Meaning(payload), "invalid") << payload.substr(0, 60);
  }
  EXPECT_EQ(Meaning(R"({"type":"shortcut","user":{"id":"U1"}})"), "doing 5");
}

handoff::Card Sample(const std::string& text) {
  handoff::Card card;
  card.ticket = kId;
  card.version = 7;
  card.tags.topic = "payment";
  card.team = "Billing";
  card.link = "https://router.example/#/x";
  card.confidence = 0.9;
  card.evidence = {text};
  card.reasons = {{"rules.md", 41, text, text, true}};
  card.messages = {{1, text, Time{}, text, ""}, {2, text, Time{}, text, ""}};
  return card;
}

void ExpectModal(const json::object& view, const std::string& name) {
  EXPECT_LE(json::serialize(view).size(), 250U * 1024) << name;
  EXPECT_LE(view.at("blocks").as_array().size(), kSlackModalBlocks) << name;
  EXPECT_GE(view.at("blocks").as_array().size(), 1U) << name;
  EXPECT_LE(SlackLength(view.at("title").at("text").as_string()), kSlackTitle) << name;
  if (const char* folder = std::getenv("TR_SLACK_CARDS")) {
    std::ofstream(std::string(folder) + "/" + name + ".json")
        << json::serialize(json::object{{"modal", true}, {"blocks", view.at("blocks")}});
  }
}

TEST(Modals, EveryTextFits) {
  int n = 0;
  for (const std::string& text : {std::string("Hello"), std::string(), std::string(400'000, 'x'),
                                  std::string(90'000, '"'), std::string(2000, '\n'), std::string("\xFF<!channel>`")}) {
    const handoff::Card card = Sample(text);
    const CardSpot spot{{kId, 7}, "C1", "1.2"};
    const Places places{{"payment", "delivery"}, {"Billing"}, {"dana@shop.example"}};
    const std::string name = "modal" + std::to_string(n++);
    ExpectModal(WholeMessageModal(card), name + "whole");
    ExpectModal(WhyModal(card), name + "why");
    ExpectModal(SplitModal(card, places, spot), name + "split");
    ExpectModal(ReassignModal(places, spot), name + "reassign");
  }
}

TEST(Modals, ASplitComesBackWithItsSpotAndParts) {
  const CardSpot spot{{kId, 7}, "C1", "1.2"};
  const json::object view = SplitModal(Sample("Words"), {{"payment", "delivery"}, {}, {}}, spot);
  const auto input = [](const std::string& topic, const std::string& text) {
    return std::pair(json::object{{"v", {{"selected_option", {{"value", topic}}}}}},
                     json::object{{"v", {{"value", text}}}});
  };
  const auto [topic1, text1] = input("payment", "one");
  const auto [topic2, text2] = input("delivery", "two");
  const json::object empty{{"v", {{"selected_option", nullptr}, {"value", nullptr}}}};
  const json::object values{{"topic1", topic1}, {"text1", text1},  {"topic2", topic2},
                            {"text2", text2},   {"topic3", empty}, {"text3", empty}};
  json::object sent = view;
  sent["id"] = "V1";
  sent["hash"] = "h";
  sent["state"] = json::object{{"values", values}};
  const Result<SlackClick> click =
      ReadClick(json::serialize(json::object{{"type", "view_submission"}, {"user", {{"id", "U1"}}}, {"view", sent}}));
  ASSERT_TRUE(click.ok()) << click.fault().text;
  EXPECT_TRUE(click->from_modal);
  EXPECT_EQ(click->spot.channel, "C1");
  EXPECT_EQ(click->spot.ts, "1.2");
  EXPECT_EQ(click->idempotency_key, "slack:V1:h:U1");
  const auto& split = std::get<correct::Split>(*click->action);
  ASSERT_EQ(split.parts.size(), 2U);
  EXPECT_EQ(split.parts[1].topic, "delivery");
  EXPECT_EQ(split.parts[1].text, "two");
}

TEST(Modals, WhatIsTooLongSaysWhereTheRestIs) {
  EXPECT_THAT(json::serialize(WholeMessageModal(Sample(std::string(400'000, 'x')))),
              HasSubstr("The rest is in the console"));
}

}  // namespace
}  // namespace tr::channels
