#pragma once
// A Slack workspace put together: its API, its directory, the channel that the outbox speaks to, and what the way back
// needs.

#include <string>
#include <utility>

#include "channels/slack_channel.h"

namespace tr::channels {

struct SlackSettings {
  SlackApi api;
  Secret signing_secret;         // empty: no click is taken
  bool members_may_act = false;  // also who is no person of the sheet, but a member of the team's channel
};

class SlackWorkspace {
 public:
  SlackWorkspace(SlackSettings settings, SendHttp send, const Clock& clock, Log& log,
                 std::function<rules::RuleBookPtr()> book, std::string intake_address)
      : settings_(std::move(settings)),
        client_(settings_.api, std::move(send)),
        directory_(client_, clock),
        channel_({client_, directory_, clock, log, std::move(book), std::move(intake_address)}) {}

  const SlackSettings& settings() const { return settings_; }
  SlackClient& client() { return client_; }
  SlackDirectory& directory() { return directory_; }
  SlackChannel& channel() { return channel_; }

 private:
  SlackSettings settings_;
  SlackClient client_;
  SlackDirectory directory_;
  SlackChannel channel_;
};

}  // namespace tr::channels
