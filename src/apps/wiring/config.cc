#include "wiring/config.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>

#include "base/text.h"
#include "channels/mail_encoding.h"
#include "wiring/chat_scheme.h"
#include "wiring/config_key.h"

namespace tr::wiring {
namespace {

std::vector<Key> KeysOf(Config& config) {
  return {
      Text("data", config.data_dir),
      Text("rules", config.rules_dir),
      Text("http.listen", config.http.listen),
      Text("http.base_url", config.http.base_url),
      Number("http.threads", config.http.threads, 1, 256),
      Number("http.io_threads", config.http.io_threads, 1, 16),
      Hidden("form.secret", config.form.secret),
      Texts("form.origins", config.form.origins),
      Texts("mail.addresses", config.mail.addresses),
      Texts("mail.domains", config.mail.domains),
      Texts("mail.form_senders", config.mail.form_senders),
      Texts("mail.trusted_servers", config.mail.trusted_servers),
      Flag("mail.trust_spam_headers", config.mail.trust_spam_headers),
      Text("smtp.host", config.smtp.host),
      Number("smtp.port", config.smtp.port, 1, 65535),
      Tls("smtp.tls", config.smtp.tls),
      Text("smtp.user", config.smtp.user),
      Hidden("smtp.password", config.smtp.password),
      Text("smtp.from", config.smtp.from),
      Text("smtp.ca_file", config.smtp.ca_file),
      Number("smtp.connect_seconds", config.smtp.connect_seconds, 1, 60),
      Number("smtp.timeout_seconds", config.smtp.timeout_seconds, 1, 60),
      Hidden("slack.token", config.slack.token),
      Hidden("slack.signing_secret", config.slack.signing_secret),
      Text("slack.api_url", config.slack.api_url),
      Flag("slack.members_may_act", config.slack.members_may_act),
      Number("keep.texts_days", config.keep.texts_days, 0, 3650),
      Number("keep.done_after_days", config.keep.done_after_days, 0, 365),
      Number("keep.reopen_days", config.keep.reopen_days, 0, 365),
      Number("keep.duplicate_hours", config.keep.duplicate_hours, 0, 720),
      Number("digest.weekday", config.digest.weekday, 0, 6),
      Number("digest.hour", config.digest.hour, 0, 23),
      Number("work.workers", config.work.workers, 1, 64),
      Kind("reader.kind", config.reader.kind),
      Kind("reader.cascade_to", config.reader.cascade_to),
      Text("reader.model", config.reader.model),
      Text("reader.url", config.reader.url),
      Hidden("reader.key", config.reader.key),
      Money("reader.input_price", config.reader.input_price),
      Money("reader.output_price", config.reader.output_price),
      Money("reader.monthly_budget", config.reader.monthly_budget),
      Flag("reader.redact", config.reader.redact),
      Text("drive.folder", config.drive.folder),
      Text("drive.key_file", config.drive.key_file),
      Text("drive.url", config.drive.url),
      Number("drive.every_minutes", config.drive.every_minutes, 1, 1440),
      Text("aws.tables", config.aws.tables),
      Text("aws.queue", config.aws.queue),
      Text("aws.dead_letters", config.aws.dead_letters),
      Text("aws.mail_bucket", config.aws.mail_bucket),
      Text("aws.rules_bucket", config.aws.rules_bucket),
      Text("aws.secret", config.aws.secret),
      Text("aws.mail_from", config.aws.mail_from),
  };
}

std::vector<Key> KeysOf(ChatSource& chat, int& tolerance_seconds) {
  channels::WebhookScheme& scheme = chat.scheme;
  return {
      Preset("preset", chat.preset),
      Hidden("secret", scheme.secret),
      Text("header", scheme.header),
      Text("prefix", scheme.prefix),
      Encoding("encoding", scheme.encoding),
      Hash("hash", scheme.hash),
      Text("signed", scheme.signed_text),
      Text("timestamp_header", scheme.timestamp_header),
      Flag("timestamp_in_millis", scheme.timestamp_in_millis),
      Number("tolerance_seconds", tolerance_seconds, 1, 86400),
  };
}

std::string Where(const toml::node& node) { return "line " + std::to_string(node.source().begin.line) + ": "; }

std::string Nearest(std::string_view name, const std::vector<Key>& keys) {
  std::string_view nearest;
  std::size_t least = 4;
  for (const Key& key : keys) {
    const std::size_t distance = EditDistance(name, key.name);
    if (distance >= least) continue;
    least = distance;
    nearest = key.name;
  }
  return nearest.empty() ? "; docs/operations.md lists all keys" : "; did you mean " + std::string(nearest) + "?";
}

Result<void> TakeKey(const std::string& name, const toml::node& node, const std::vector<Key>& keys) {
  for (const Key& key : keys) {
    if (key.name != name) continue;
    const std::optional<std::string> wanted = key.take(node);
    if (wanted) return Invalid(Where(node) + name + " is " + *wanted);
    return Ok();
  }
  return Invalid(Where(node) + "there is no setting " + name + Nearest(name, keys));
}

Result<void> TakeChat(const std::string& source, const toml::node& node, Config& config) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return Invalid(Where(node) + "chat." + source + " is a table: [chat." + source + "]");
  ChatSource chat;
  int tolerance = 300;
  const std::vector<Key> keys = KeysOf(chat, tolerance);
  if (const toml::node* preset = table->get("preset")) TR_TRY(TakeKey("preset", *preset, keys));
  chat.scheme = SchemeOf(chat.preset);
  for (const auto& [name, value] : *table) TR_TRY(TakeKey(std::string(name.str()), value, keys));
  chat.scheme.tolerance = std::chrono::seconds(tolerance);
  config.chat[source] = std::move(chat);
  return Ok();
}

Result<void> TakeTable(const toml::table& table, Config& config) {
  const std::vector<Key> keys = KeysOf(config);
  for (const auto& [name, node] : table) {
    const std::string group(name.str());
    const toml::table* inner = node.as_table();
    if (inner == nullptr) {
      TR_TRY(TakeKey(group, node, keys));
      continue;
    }
    for (const auto& [key, value] : *inner) {
      const std::string member(key.str());
      if (group == "chat") {
        TR_TRY(TakeChat(member, value, config));
      } else {
        TR_TRY(TakeKey((group + ".").append(member), value, keys));
      }
    }
  }
  return Ok();
}

int UsualPort(local::SmtpTls tls) {
  switch (tls) {
    case local::SmtpTls::kNone: return 25;
    case local::SmtpTls::kStartTls: return 587;
    case local::SmtpTls::kTls: return 465;
  }
  return 587;
}

// What [smtp] says together: a server needs a sender.
Result<void> CompleteSmtp(Config& config) {
  SmtpConfig& smtp = config.smtp;
  if (smtp.host.empty()) return Ok();
  if (smtp.host.find_first_of("/@?# \t\r\n") != std::string::npos) return Invalid("smtp.host is a host's name alone");
  if (smtp.port == 0) smtp.port = UsualPort(smtp.tls);
  if (smtp.from.empty() && !config.mail.addresses.empty()) smtp.from = config.mail.addresses.front();
  smtp.from = ToLowerAscii(smtp.from);
  if (!channels::IsPlainAddress(smtp.from)) {
    return Invalid("smtp.from is one address, like \"router@shop.example\": who cards come from");
  }
  return Ok();
}

// What [aws] says together: one part makes it an installation on AWS, which has all of them.
Result<void> CompleteAws(AwsConfig& aws) {
  const std::pair<const char*, const std::string&> parts[] = {{"aws.queue", aws.queue},
                                                              {"aws.dead_letters", aws.dead_letters},
                                                              {"aws.mail_bucket", aws.mail_bucket},
                                                              {"aws.rules_bucket", aws.rules_bucket},
                                                              {"aws.secret", aws.secret}};
  const bool none =
      std::all_of(std::begin(parts), std::end(parts), [](const auto& part) { return part.second.empty(); });
  if (none) return Ok();
  for (const auto& [name, value] : parts) {
    if (value.empty())
      return Invalid(std::string(name) + " is missing: an installation on AWS has every part of [aws]");
  }
  aws.mail_from = ToLowerAscii(aws.mail_from);
  if (!aws.mail_from.empty() && !channels::IsPlainAddress(aws.mail_from)) {
    return Invalid("aws.mail_from is one address that SES may send from");
  }
  return Ok();
}

}  // namespace

Result<void> CheckChats(const Config& config) {
  for (const auto& [source, chat] : config.chat) {
    if (!chat.scheme.secret.empty()) continue;
    return Invalid("chat." + source + ".secret is missing: without one anybody could post");
  }
  return Ok();
}

Result<Config> ParseConfig(std::string_view text, const Environment& environment) {
  Config config;
  try {
    const toml::table table = toml::parse(text);
    TR_TRY(TakeTable(table, config));
  } catch (const toml::parse_error& error) {
    return Invalid("line " + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
  }
  if (!environment.form_secret.empty()) config.form.secret = Secret(environment.form_secret);
  if (!environment.smtp_password.empty()) config.smtp.password = Secret(environment.smtp_password);
  TR_TRY(CompleteSmtp(config));
  TR_TRY(CompleteAws(config.aws));
  if (!config.aws.names_one()) TR_TRY(CheckChats(config));
  if (!environment.slack_token.empty()) config.slack.token = Secret(environment.slack_token);
  if (!environment.slack_signing_secret.empty()) {
    config.slack.signing_secret = Secret(environment.slack_signing_secret);
  }
  while (config.slack.api_url.ends_with('/')) config.slack.api_url.pop_back();
  if (!environment.model_key.empty()) config.reader.key = Secret(environment.model_key);
  config.variables = environment.variables;
  while (config.drive.url.ends_with('/')) config.drive.url.pop_back();
  while (config.reader.url.ends_with('/')) config.reader.url.pop_back();
  while (config.http.base_url.ends_with('/')) config.http.base_url.pop_back();
  return config;
}

Result<Config> ReadConfig(const std::string& path, const Environment& environment) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return NotFound("cannot read the settings in " + path);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  Result<Config> config = ParseConfig(text, environment);
  if (!config) return Invalid(path + " " + config.fault().text);
  return config;
}

}  // namespace tr::wiring
