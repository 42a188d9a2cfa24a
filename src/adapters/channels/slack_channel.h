#pragma once
// Where teams read in Slack: one live card per ticket, updated in place; pings and later messages in its thread.
//
// Slack has no idempotency key for messages. Each of ours carries its delivery's id as metadata, and a try after one
// that may have been heard looks for it before it posts again. What it names a result by is "CHANNEL:TS".

#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>

#include "base/log.h"
#include "channels/slack_card.h"
#include "channels/slack_client.h"
#include "channels/slack_directory.h"
#include "channels/slack_doubts.h"
#include "handoff/channel.h"
#include "rules/book.h"

namespace tr::channels {

struct SlackChannelPorts {
  SlackClient& client;
  SlackDirectory& directory;
  const Clock& clock;
  Log& log;
  std::function<rules::RuleBookPtr()> book;  // null before the first book
  std::string intake_address;                // into the Cc of answers; may be empty
};

class SlackChannel : public handoff::Channel {
 public:
  explicit SlackChannel(SlackChannelPorts ports) : ports_(std::move(ports)) {}

  // kInvalid: the address is no channel's, or the channel is shared with another company. kTransient and kPermanent: as
  // SlackClient. An update of a card that somebody deleted in Slack, or that was never posted here, is done.
  Result<std::string> Post(const handoff::Notice& notice, const Call& call) override;

  // docs.slack.dev, Rate limits: chat.postMessage takes about one message a second a channel.
  Duration pace() const override { return std::chrono::seconds(1); }

 private:
  struct Place {
    std::string channel;
    std::string thread;  // ts of the card; empty: none
    Duration timeout{};
    SlackDoubt doubt;  // what was said here before, as far as it is known
  };
  Result<std::string> Try(const handoff::Notice& notice, Place& place);
  // The channel's id, where we may write there.
  Result<std::string> Enter(const std::string& address, Duration timeout);
  Result<std::string> PostCard(const handoff::Notice& notice, Place& place);
  Result<std::string> UpdateCard(const handoff::Notice& notice, const Place& place);
  Result<std::string> PostUnder(const handoff::Notice& notice, Place& place);
  Result<std::string> Say(const handoff::Notice& notice, Place& place, const SlackMessage& message, bool broadcast);
  Result<std::string> Change(const handoff::Notice& notice, const std::string& channel, const std::string& ts,
                             Duration timeout);
  // The ts of the message that an earlier try posted; nothing: there is none, or none can be, and no doubt is left.
  Result<std::optional<std::string>> Look(const handoff::Notice& notice, Place& place);
  std::string UserOf(const std::string& address, Duration timeout);
  SlackMessage CardOf(const handoff::Notice& notice);

  SlackChannelPorts ports_;
  SlackDoubts doubts_;
};

}  // namespace tr::channels
