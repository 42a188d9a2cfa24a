#pragma once
// One click in Slack from the person to the correction. Internal to api/.

#include <optional>
#include <string>

#include "api/context.h"
#include "channels/slack_actions.h"
#include "channels/slack_workspace.h"

namespace tr::api {

// Who clicked, as corrections know people; `refusal` says why they may not, and what to do, where they may not.
struct Clicker {
  std::string person;
  std::string refusal;
};

// A person of the sheet by the e-mail address of their Slack account, or, with slack.members_may_act, any member of the
// channel of the ticket's team. Never an outsider, a bot or a deactivated account. Faults: Slack's and the store's.
Result<Clicker> WhoClicked(wiring::App& app, channels::SlackWorkspace& slack, const channels::SlackClick& click);

// Does what the click means, by the same corrections as the API. A card that is older than the ticket is no obstacle
// while only the router touched it since; what a person did since is named in the fault (kConflict), unless it is just
// what this click wants (then nothing is left to do). Faults: those of Correct::Apply.
Result<void> ApplyClick(wiring::App& app, const channels::SlackClick& click, const std::string& person);

// Opens the modal that the click asks for. Faults: Slack's and the store's.
Result<void> OpenModal(wiring::App& app, channels::SlackWorkspace& slack, const channels::SlackClick& click);

}  // namespace tr::api
