#pragma once
// What Slack posts when somebody presses a button, picks from a menu or sends a modal (docs.slack.dev, Interaction
// payloads). Pure: who may do what is asked elsewhere.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "channels/slack_card.h"
#include "correct/command.h"

namespace tr::channels {

// Where a card stands: goes along in a modal's private_metadata, because a submission does not say it.
struct CardSpot {
  CardKey key;
  std::string channel;
  std::string ts;
};
std::string Spell(const CardSpot& spot);

enum class SlackDoing : std::uint8_t {
  kAct,       // `action` is what to do
  kWhy,       // open the modal that explains
  kWhole,     // open the modal with the whole message
  kSplit,     // open the modal that splits
  kReassign,  // open the modal with all places
  kNothing,   // a link, a closed modal, a kind that we do not send: only to be acknowledged
};

struct SlackClick {
  SlackDoing doing = SlackDoing::kNothing;
  bool from_modal = false;
  std::string user;     // "U…"
  std::string trigger;  // opens a modal within three seconds
  CardSpot spot;
  std::optional<correct::Action> action;
  std::string idempotency_key;  // the same click has the same; at most 255 characters
};

// `payload`: the form field's JSON. Members that are not known are ignored. kInvalid: not such JSON, or a button of
// ours without a card's key.
Result<SlackClick> ReadClick(std::string_view payload);

}  // namespace tr::channels
