#include "channels/slack_actions.h"

#include <boost/json.hpp>
#include <utility>

#include "base/text.h"
#include "channels/slack_menu.h"
#include "channels/slack_modals.h"
#include "ticket/json.h"

namespace tr::channels {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestKey = 255;

std::string Text(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

const json::object& Inner(const json::object& object, std::string_view name) {
  static const json::object kNone;
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_object() ? value->as_object() : kNone;
}

// The first entry of a list of objects.
const json::object& First(const json::object& object, std::string_view name) {
  static const json::object kNone;
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_array() || value->as_array().empty()) return kNone;
  const json::value& first = value->as_array().front();
  return first.is_object() ? first.as_object() : kNone;
}

Fault NotOurs() { return Invalid("this is no button of a card"); }

// "01J….7.shipping": what stands behind the key.
std::string AfterKey(std::string_view value, const CardKey& key) {
  const std::size_t skip = Spell(key).size() + 1;
  return value.size() > skip ? std::string(value.substr(skip)) : "";
}

std::optional<correct::Action> ActionOf(const std::string& id, const std::string& choice) {
  if (id == "take") return correct::Take{};
  if (id == "done") return correct::Done{};
  if (id == "release") return correct::Release{};
  if (id == "undo") return correct::Undo{};
  if (id == "restore") return correct::Restore{};
  if (id == "runner_up" && !choice.empty()) return correct::Reassign{choice, "", ""};
  if (id == "reassign") {
    if (std::optional<correct::Reassign> place = ReadPlace(choice)) return *std::move(place);
  }
  if (id == "bump") {
    if (const std::optional<Urgency> urgency = ParseUrgency(choice)) return correct::Bump{*urgency, ""};
  }
  return std::nullopt;
}

SlackDoing DoingOf(const std::string& id) {
  if (id == "why") return SlackDoing::kWhy;
  if (id == "whole") return SlackDoing::kWhole;
  if (id == "split") return SlackDoing::kSplit;
  if (id == "reassign_modal") return SlackDoing::kReassign;
  return SlackDoing::kNothing;
}

Result<SlackClick> ReadAction(const json::object& payload) {
  SlackClick click;
  const json::object& action = First(payload, "actions");
  const std::string id = Text(action, "action_id");
  const std::string value = Text(action, "value");
  std::optional<CardKey> key = ReadCardKey(value);
  if (!key) key = ReadCardKey(Text(action, "block_id"));
  if (!key) return NotOurs();
  const json::object& container = Inner(payload, "container");
  click.spot = {*key, Text(container, "channel_id"), Text(container, "message_ts")};
  if (click.spot.channel.empty()) click.spot.channel = Text(Inner(payload, "channel"), "id");
  const std::string choice = value.empty() ? Text(Inner(action, "selected_option"), "value") : AfterKey(value, *key);
  click.action = ActionOf(id, choice);
  click.doing = click.action ? SlackDoing::kAct : DoingOf(id);
  click.idempotency_key = "slack:" + click.spot.channel + ":" + click.spot.ts + ":" + Text(action, "action_ts");
  return click;
}

// What stands in an input of a modal: a text or a chosen option.
std::string InputOf(const json::object& values, const std::string& block) {
  const json::object& element = Inner(Inner(values, block), kModalElement);
  const std::string text = Text(element, "value");
  return RepairUtf8(text.empty() ? Text(Inner(element, "selected_option"), "value") : text);
}

correct::Split SplitOf(const json::object& values) {
  correct::Split split;
  for (int n = 1; n <= kModalParts; ++n) {
    correct::Part part{InputOf(values, TopicBlock(n)), InputOf(values, TextBlock(n))};
    if (n > 2 && Trim(part.topic).empty() && Trim(part.text).empty()) continue;
    split.parts.push_back(std::move(part));
  }
  return split;
}

Result<CardSpot> ReadSpot(const std::string& text) {
  TR_ASSIGN(const json::value value, ParseJson(text));
  if (!value.is_object()) return NotOurs();
  const std::optional<CardKey> key = ReadCardKey(Text(value.as_object(), "key"));
  if (!key) return NotOurs();
  return CardSpot{*key, Text(value.as_object(), "channel"), Text(value.as_object(), "ts")};
}

Result<SlackClick> ReadSubmission(const json::object& payload) {
  SlackClick click;
  click.from_modal = true;
  const json::object& view = Inner(payload, "view");
  TR_ASSIGN(click.spot, ReadSpot(Text(view, "private_metadata")));
  const json::object& values = Inner(Inner(view, "state"), "values");
  const std::string callback = Text(view, "callback_id");
  if (callback == "split") {
    click.action = SplitOf(values);
  } else if (callback == "reassign") {
    click.action = ActionOf("reassign", InputOf(values, std::string(kPlaceBlock)));
  }
  if (click.action) click.doing = SlackDoing::kAct;
  click.idempotency_key = "slack:" + Text(view, "id") + ":" + Text(view, "hash");
  return click;
}

}  // namespace

std::string Spell(const CardSpot& spot) {
  return json::serialize(json::object{{"key", Spell(spot.key)}, {"channel", spot.channel}, {"ts", spot.ts}});
}

Result<SlackClick> ReadClick(std::string_view payload) {
  TR_ASSIGN(const json::value value, ParseJson(payload));
  if (!value.is_object()) return NotOurs();
  const json::object& object = value.as_object();
  const std::string type = Text(object, "type");
  SlackClick click;
  if (type == "block_actions") {
    TR_ASSIGN(click, ReadAction(object));
  } else if (type == "view_submission") {
    TR_ASSIGN(click, ReadSubmission(object));
  }
  click.user = Text(Inner(object, "user"), "id");
  click.trigger = Text(object, "trigger_id");
  click.idempotency_key = CutText(click.idempotency_key + ":" + click.user, kLongestKey);
  if (click.user.empty() || click.user.size() > 50) return NotOurs();
  return click;
}

}  // namespace tr::channels
