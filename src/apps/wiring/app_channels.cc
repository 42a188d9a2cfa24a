#include "wiring/app_channels.h"

#include <utility>

namespace tr::wiring {

std::unique_ptr<channels::SlackWorkspace> OpenSlack(const Config& config, const Clock& clock, Log& log,
                                                    std::function<rules::RuleBookPtr()> book) {
  if (config.slack.token.empty()) return nullptr;
  channels::SlackSettings settings;
  settings.api = {config.slack.token, config.slack.api_url};
  settings.signing_secret = config.slack.signing_secret;
  settings.members_may_act = config.slack.members_may_act;
  const std::string intake = config.mail.addresses.empty() ? "" : config.mail.addresses.front();
  return std::make_unique<channels::SlackWorkspace>(std::move(settings), channels::ThreadClients(), clock, log,
                                                    std::move(book), intake);
}

handoff::Channel* AppChannels::Find(const std::string& kind) {
  if (kind == "slack") return slack_ == nullptr ? nullptr : &slack_->channel();
  if (kind == "mail" && mail_ != nullptr) return &mail_->channel();
  return kind == "log" ? &log_ : nullptr;
}

}  // namespace tr::wiring
