// The installation on AWS: which adapter stands behind which port (docs/aws.md).

#include <chrono>
#include <functional>
#include <thread>
#include <utility>

#include "aws/dynamo_store.h"
#include "aws/s3_blobs.h"
#include "aws/s3_rule_shelf.h"
#include "aws/secrets.h"
#include "aws/ses_mailer.h"
#include "aws/sqs_dead_letters.h"
#include "aws/sqs_queue.h"
#include "wiring/adapters.h"
#include "wiring/aws_side.h"
#include "wiring/config.h"

namespace tr::wiring {
namespace {

// A key that is shorter can be guessed.
constexpr std::size_t kShortestKey = 32;

struct Clients {
  std::unique_ptr<aws::AwsClient> dynamo;
  std::unique_ptr<aws::AwsClient> s3;
  std::unique_ptr<aws::AwsClient> sqs;
  std::unique_ptr<aws::AwsClient> ses;
};

struct Keys {
  Secret form;
  Secret link;
};

class OnAws : public Adapters {
 public:
  OnAws(const Config& config, const World& world, std::unique_ptr<AwsSide> side, Clients clients,
        std::unique_ptr<RulesPlace> rules_place, Keys keys)
      : side_(std::move(side)),
        clients_(std::move(clients)),
        bucket_(*clients_.s3, config.aws.mail_bucket),
        store_(*clients_.dynamo, bucket_, world.clock, config.aws.tables),
        shelf_(*clients_.s3, config.aws.rules_bucket),
        queue_(*clients_.sqs, {config.aws.queue, config.aws.dead_letters}, world.clock),
        dead_letters_(*clients_.sqs, {config.aws.queue, config.aws.dead_letters}),
        mailer_(*clients_.ses, world.clock),
        sends_mail_(!config.aws.mail_from.empty()),
        rules_place_(std::move(rules_place)),
        keys_(std::move(keys)),
        ports_{store_.ledger(), store_.tickets(),    store_.lookups(),
               store_.queues(), store_.deliveries(), store_.corrections(),
               store_.audit(),  store_.originals(),  store_.people(),
               store_.eraser(), store_.dump(),       shelf_,
               queue_,          dead_letters_,       rules_place_->source(),
               world.ids,       world.clock,         world.log,
               store_.usage()} {}

  Ports& ports() override { return ports_; }
  RulesPlace& rules_place() override { return *rules_place_; }
  channels::MailTransport* mail() override { return sends_mail_ ? &mailer_ : nullptr; }
  const Secret& form_key() const override { return keys_.form; }
  const Secret& link_key() const override { return keys_.link; }

  std::vector<std::pair<std::string, double>> Figures() const override {
    double calls = 0;
    for (const auto& [operation, count] : side_->tally.Calls()) calls += static_cast<double>(count);
    return {{"aws_calls_total", calls}};
  }

 private:
  const std::unique_ptr<AwsSide> side_;
  const Clients clients_;
  aws::S3Blobs bucket_;
  aws::DynamoStore store_;
  aws::S3RuleShelf shelf_;
  aws::SqsQueue queue_;
  aws::SqsDeadLetters dead_letters_;
  aws::SesMailer mailer_;
  const bool sends_mail_;
  const std::unique_ptr<RulesPlace> rules_place_;
  const Keys keys_;
  Ports ports_;
};

Result<void> TakeIfThere(aws::Secrets& secrets, const std::string& name, Secret& target) {
  Result<Secret> member = secrets.Get(name);
  if (!member && member.fault().kind == FaultKind::kNotFound) return Ok();
  if (!member) return member.fault();
  target = *std::move(member);
  return Ok();
}

Result<Secret> KeyOf(aws::Secrets& secrets, const std::string& name) {
  TR_ASSIGN(Secret key, secrets.Get(name));
  if (key.Reveal().size() < kShortestKey) {
    return Invalid("the secret's member \"" + name +
                   "\" is shorter than 32 characters: openssl rand -hex 32 makes one");
  }
  return key;
}

// What the secret has stands before what the settings say.
Result<Keys> TakeSecrets(aws::Secrets& secrets, Config& config) {
  const std::pair<const char*, Secret&> members[] = {{"form_secret", config.form.secret},
                                                     {"slack_token", config.slack.token},
                                                     {"slack_signing_secret", config.slack.signing_secret},
                                                     {"model_key", config.reader.key},
                                                     {"google_key", config.drive.key}};
  for (const auto& [name, target] : members) TR_TRY(TakeIfThere(secrets, name, target));
  for (auto& [source, chat] : config.chat) TR_TRY(TakeIfThere(secrets, "chat_" + source, chat.scheme.secret));
  TR_TRY(CheckChats(config));
  TR_ASSIGN(Secret form, KeyOf(secrets, "form_key"));
  TR_ASSIGN(Secret link, KeyOf(secrets, "link_key"));
  return Keys{std::move(form), std::move(link)};
}

// 0.1 s, doubled each time: about a minute in all.
bool WaitAMinute(int round) {
  constexpr int kRounds = 9;
  if (round < kRounds) std::this_thread::sleep_for(std::chrono::milliseconds(100 << round));
  return round < kRounds;
}

Result<std::unique_ptr<RulesPlace>> PlaceOf(const Config& config, aws::AwsClient& s3, const Clock& clock) {
  if (config.drive.folder.empty()) return RulesPlace::InBucket(s3, config.aws.rules_bucket, clock);
  return RulesPlace::InDrive(config.drive, clock);
}

}  // namespace

Result<std::unique_ptr<Adapters>> AwsAdapters(Config& config, const World& world, Role role) {
  const bool carries = role == Role::kExporter || role == Role::kImporter;
  const auto wait_again = carries ? WaitAMinute : std::function<bool(int)>();
  TR_ASSIGN(std::unique_ptr<AwsSide> side, AwsSide::Make(config.variables, world.clock, wait_again));
  Clients clients;
  TR_ASSIGN(clients.dynamo, aws::AwsClient::Make(aws::kDynamoDb, side->account));
  TR_ASSIGN(clients.s3, aws::AwsClient::Make(aws::kS3, side->account));
  TR_ASSIGN(clients.sqs, aws::AwsClient::Make(aws::kSqs, side->account));
  TR_ASSIGN(clients.ses, aws::AwsClient::Make(aws::kSes, side->account));
  TR_ASSIGN(const std::unique_ptr<aws::AwsClient> manager, aws::AwsClient::Make(aws::kSecretsManager, side->account));
  aws::Secrets secrets(*manager, config.aws.secret, world.clock);
  TR_ASSIGN(Keys keys, TakeSecrets(secrets, config));
  config.smtp.from = config.aws.mail_from;
  TR_ASSIGN(std::unique_ptr<RulesPlace> rules_place, PlaceOf(config, *clients.s3, world.clock));
  return std::unique_ptr<Adapters>(std::make_unique<OnAws>(config, world, std::move(side), std::move(clients),
                                                           std::move(rules_place), std::move(keys)));
}

}  // namespace tr::wiring
