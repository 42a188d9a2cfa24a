#pragma once
// Every setting of an installation, read from one TOML file. docs/operations.md lists them with their meaning; a key
// that is not known is refused with the nearest one that is.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/redact.h"
#include "base/result.h"
#include "channels/webhook_signature.h"
#include "intake/chat_lane.h"
#include "local/smtp_transport.h"
#include "wiring/reader_config.h"
#include "wiring/rules_place.h"

namespace tr::wiring {

struct HttpConfig {
  std::string listen = "127.0.0.1:8080";
  std::string base_url;  // "https://tickets.shop.example": in links; http://LISTEN when empty
  int threads = 24;      // handlers at the same time
  int io_threads = 1;
};

struct FormConfig {
  Secret secret;                     // what a server sends in X-Form-Secret; also TR_FORM_SECRET
  std::vector<std::string> origins;  // of the sites whose pages may post, for CORS
};

struct MailConfig {
  std::vector<std::string> addresses;  // the intake's own addresses
  std::vector<std::string> domains;    // the shop's own domains
  std::vector<std::string> form_senders;
  std::vector<std::string> trusted_servers;
  bool trust_spam_headers = false;
};

struct SlackConfig {
  Secret token;                                   // xoxb-…; also TR_SLACK_BOT_TOKEN. Without one there is no Slack here
  Secret signing_secret;                          // of the app; also TR_SLACK_SIGNING_SECRET
  std::string api_url = "https://slack.com/api";  // another one for tests
  bool members_may_act = false;                   // any member of a team's channel may work its tickets
};

struct SmtpConfig {
  std::string host;  // empty: no mail is sent
  int port = 0;      // 25, 587 or 465 by tls where it is not set
  local::SmtpTls tls = local::SmtpTls::kStartTls;
  std::string user;
  Secret password;   // also TR_SMTP_PASSWORD
  std::string from;  // who cards come from; the intake's first address when empty
  std::string ca_file;
  int connect_seconds = 10;
  int timeout_seconds = 30;
};

// A chat tool whose webhook is taken: [chat.NAME].
struct ChatSource {
  intake::ChatPreset preset = intake::ChatPreset::kGeneric;  // whose payload
  channels::WebhookScheme scheme;                            // how it signs
};

struct KeepConfig {
  int texts_days = 90;      // after a ticket ended; 0: for ever
  int done_after_days = 3;  // a taken ticket untouched for so long is done; 0: never
  int reopen_days = 14;
  int duplicate_hours = 24;
};

struct DigestConfig {
  int weekday = 1;  // 0 Sunday … 6 Saturday
  int hour = 7;     // in triage's time zone
};

struct WorkConfig {
  int workers = 12;  // tickets worked at the same time
};

// The parts of an installation on AWS, as they are called there (docs/aws.md).
struct AwsConfig {
  std::string tables = "tr-";  // what the names of the tables begin with
  std::string queue;           // the URL of the queue of items
  std::string dead_letters;    // the URL of its dead letters
  std::string mail_bucket;     // raw mail and texts too long for a row
  std::string rules_bucket;    // the books, in a bucket that keeps versions
  std::string secret;          // the name or ARN of the one secret
  std::string mail_from;       // who cards come from, by SES; empty: no mail leaves

  // Whether the installation is one on AWS.
  bool names_one() const { return !queue.empty(); }
};

struct Config {
  std::string data_dir = "data";
  std::string rules_dir = "rules";
  HttpConfig http;
  FormConfig form;
  MailConfig mail;
  SmtpConfig smtp;
  std::map<std::string, ChatSource> chat;  // by source
  SlackConfig slack;
  KeepConfig keep;
  DigestConfig digest;
  WorkConfig work;
  ReaderConfig reader;
  DriveConfig drive;
  AwsConfig aws;
  std::map<std::string, std::string, std::less<>> variables;  // of the environment, for AWS: AWS_…, HOME
};

// What the environment adds; passed in, so that nothing reads it elsewhere.
struct Environment {
  std::string form_secret;                                         // TR_FORM_SECRET
  std::string smtp_password{};                                     // TR_SMTP_PASSWORD
  std::string slack_token = {};                                    // TR_SLACK_BOT_TOKEN
  std::string slack_signing_secret = {};                           // TR_SLACK_SIGNING_SECRET
  std::string model_key = {};                                      // TR_MODEL_KEY
  std::map<std::string, std::string, std::less<>> variables = {};  // all of them, for AWS
};

// kInvalid: not TOML, an unknown key, a value of the wrong type or out of its range; says the line, the key and what it
// takes.
Result<Config> ParseConfig(std::string_view toml, const Environment& environment);

// kInvalid: a chat tool without a secret. On AWS their secrets come later than the other settings.
Result<void> CheckChats(const Config& config);

// kNotFound: there is no such file. kInvalid: as above, with the file's name.
Result<Config> ReadConfig(const std::string& path, const Environment& environment);

}  // namespace tr::wiring
