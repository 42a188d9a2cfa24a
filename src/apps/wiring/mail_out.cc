#include "wiring/mail_out.h"

namespace tr::wiring {
namespace {

std::string Intake(const Config& config) {
  return config.mail.addresses.empty() ? config.smtp.from : config.mail.addresses.front();
}

channels::EmailSettings ChannelSettings(const Config& config, const Secret& link_key) {
  const std::string base = config.http.base_url.empty() ? "http://" + config.http.listen : config.http.base_url;
  return {{base, link_key, Intake(config)}, MailMark(config)};
}

}  // namespace

std::string MailMark(const Config& config) {
  return config.smtp.from.empty() ? "" : "ticket-router." + config.smtp.from.substr(config.smtp.from.find('@') + 1);
}

local::SmtpOptions SmtpOptionsOf(const SmtpConfig& config) {
  local::SmtpOptions options;
  options.host = config.host;
  options.port = config.port;
  options.tls = config.tls;
  options.user = config.user;
  options.password = config.password;
  options.ca_file = config.ca_file;
  options.connect_timeout = std::chrono::seconds(config.connect_seconds);
  options.timeout = std::chrono::seconds(config.timeout_seconds);
  return options;
}

intake::MailSettings MailSettingsOf(const Config& config, const Secret& link_key) {
  intake::MailSettings settings;
  settings.own.addresses = config.mail.addresses;
  if (!config.smtp.from.empty()) settings.own.addresses.push_back(config.smtp.from);
  settings.own.message_id_domain = MailMark(config);
  settings.own.loop_mark = MailMark(config);
  settings.own_domains = config.mail.domains;
  settings.form_senders = config.mail.form_senders;
  settings.trusted_servers = config.mail.trusted_servers;
  settings.trust_spam_headers = config.mail.trust_spam_headers;
  settings.card_key = link_key;
  return settings;
}

MailOut::MailOut(channels::MailTransport& transport, const Config& config, const Secret& link_key, const Clock& clock,
                 std::function<rules::RuleBookPtr()> book)
    : mailer_(transport, {config.smtp.from, Intake(config), MailMark(config)}, clock, book),
      channel_(mailer_, ChannelSettings(config, link_key), clock, book) {}

}  // namespace tr::wiring
