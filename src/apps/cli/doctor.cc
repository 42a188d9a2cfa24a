#include "cli/doctor.h"

#include <boost/json.hpp>
#include <filesystem>
#include <memory>

#include "base/text.h"
#include "cli/client.h"
#include "rules/parse.h"
#include "wiring/adapters.h"
#include "wiring/mail_check.h"
#include "wiring/world.h"

namespace tr::cli {
namespace {

namespace json = boost::json;

constexpr std::uintmax_t kLittleSpace = 256ULL * 1024 * 1024;

// The store, and what its API says of itself.
void CheckStore(Examined& examined) {
  const Result<std::unique_ptr<Client>> client = Client::Connect(examined.config);
  if (!client) return examined.found.push_back("the store: " + client.fault().text);
  const Result<json::value> health = (*client)->Get("/api/v1/health");
  if (!health) return examined.found.push_back("the API: " + health.fault().text);
  const auto count = [&health](const char* name) { return health->at(name).as_int64(); };
  if (count("rules_version") == 0) {
    examined.found.emplace_back("rules: no book is in force; write one and run ticket-router rules check");
  }
  if (count("dead_letters") > 0) {
    examined.found.push_back(std::to_string(count("dead_letters")) +
                             " items could not be worked; see ticket-router redrive --list, mend the cause, then "
                             "ticket-router redrive --all");
  }
  if (count("deliveries_failed") > 0) {
    examined.found.push_back(std::to_string(count("deliveries_failed")) +
                             " deliveries failed for good; see the log for delivery_failed");
  }
}

bool IsOnAws(const wiring::Config& config) { return config.aws.names_one(); }

// The rules of an installation on AWS may stand in its bucket, or behind a key that its secret holds. What the secret
// has is put into the settings.
Result<rules::RuleFiles> LoadRulesOnAws(wiring::Config& config) {
  wiring::SystemClock clock;
  wiring::RandomIds ids;
  wiring::JsonLog log(2, LogLevel::kError, clock);
  TR_ASSIGN(const std::unique_ptr<wiring::Adapters> adapters,
            wiring::AwsAdapters(config, {clock, ids, log, wiring::Chance}, wiring::Role::kTool));
  return adapters->rules_place().source().Load();
}

Result<rules::RuleFiles> LoadRules(wiring::Config& config) {
  if (IsOnAws(config)) return LoadRulesOnAws(config);
  if (config.drive.folder.empty()) return wiring::RulesPlace::InFolder(config.rules_dir)->source().Load();
  const wiring::SystemClock clock;
  TR_ASSIGN(const std::unique_ptr<wiring::RulesPlace> place, wiring::RulesPlace::InDrive(config.drive, clock));
  return place->source().Load();
}

void CheckRules(Examined& examined) {
  wiring::Config& config = examined.config;
  const bool in_folder = config.drive.folder.empty() && !IsOnAws(config);
  const std::string named = in_folder                     ? "rules folder: "
                            : config.drive.folder.empty() ? "rules in the bucket: "
                                                          : "rules in Drive: ";
  const Result<rules::RuleFiles> files = LoadRules(config);
  if (!files) return examined.found.push_back(named + files.fault().text);
  examined.book = rules::ParseRuleBook(*files).book;
  if (examined.book != nullptr) return;
  examined.found.push_back(named + "there are errors, so the last good book stays in force; see them with " +
                           (in_folder ? "ticket-router rules check " + config.rules_dir : "ticket-router drive sync"));
}

void CheckDisk(Examined& examined) {
  if (IsOnAws(examined.config)) return;
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(examined.config.data_dir, error);
  if (error || space.available >= kLittleSpace) return;
  examined.found.emplace_back("disk: less than 256 MiB are free in the data folder; make room");
}

// Where cards fall back to, and the way back in that an inbox must not be.
void CheckInboxes(Examined& examined) {
  if (examined.book == nullptr) return;
  const bool mail_leaves = !examined.config.smtp.host.empty() || !examined.config.aws.mail_from.empty();
  std::string unread;
  for (const rules::Team& team : examined.book->teams) {
    for (const std::string& own : examined.config.mail.addresses) {
      if (!EqualsIgnoreCaseAscii(team.inbox, own)) continue;
      examined.found.push_back("inboxes: " + team.name + "'s inbox " + team.inbox +
                               " is an intake address, so its cards would come back as tickets; give the team another");
    }
    const bool reads_slack = !team.slack_channel.empty() && !examined.config.slack.token.empty();
    if (!team.inbox.empty() && !reads_slack && !mail_leaves) unread += (unread.empty() ? "" : ", ") + team.name;
    if (!team.inbox.empty() || reads_slack) continue;
    examined.found.push_back("inboxes: " + team.name +
                             " has neither an inbox nor a Slack channel that is reached; give it an Inbox in the "
                             "teams tab");
  }
  if (unread.empty()) return;
  examined.found.push_back("inboxes: no mail leaves this installation, so the cards of " + unread +
                           " stand in the console and the log alone; set [smtp] or, on AWS, aws.mail_from");
}

// The SMTP server: whether it can be reached and takes the login; and every inbox.
void CheckSmtp(Examined& examined) {
  const std::vector<std::string> found = wiring::CheckMail(examined.config, examined.book.get(), wiring::SystemClock());
  examined.found.insert(examined.found.end(), found.begin(), found.end());
}

constexpr Check kChecks[] = {
    {"store", CheckStore}, {"rules", CheckRules},  // before all that look at the book
    {"disk", CheckDisk},   {"inboxes", CheckInboxes}, {"smtp", CheckSmtp}, {"slack", CheckSlack}, {"model", CheckModel},
};

}  // namespace

std::span<const Check> Checks() { return kChecks; }

}  // namespace tr::cli
