#pragma once
// Where this installation's teams read, by the channel's kind.

#include <functional>
#include <memory>
#include <string>

#include "channels/log_channel.h"
#include "channels/slack_workspace.h"
#include "handoff/channel.h"
#include "wiring/mail_out.h"

namespace tr::wiring {

// Null without a token. `clock` and `log` outlive it; `book` gives the book in force, which may be null.
std::unique_ptr<channels::SlackWorkspace> OpenSlack(const Config& config, const Clock& clock, Log& log,
                                                    std::function<rules::RuleBookPtr()> book);

class AppChannels : public handoff::Channels {
 public:
  // `slack`, `mail`: null where there is none.
  AppChannels(Log& log, channels::SlackWorkspace* slack, std::unique_ptr<MailOut> mail)
      : log_(log), slack_(slack), mail_(std::move(mail)) {}

  handoff::Channel* Find(const std::string& kind) override;

 private:
  channels::LogChannel log_;
  channels::SlackWorkspace* slack_;
  std::unique_ptr<MailOut> mail_;
};

}  // namespace tr::wiring
