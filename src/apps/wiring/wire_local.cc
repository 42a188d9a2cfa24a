// The embedded system: which adapter stands behind which port. The AWS one differs in the adapters that it names.

#include <iterator>
#include <utility>

#include "channels/log_channel.h"
#include "local/secret_file.h"
#include "local/sqlite_store.h"
#include "wiring/app.h"
#include "wiring/mail_out.h"
#include "wiring/wire_reader.h"

namespace tr::wiring {
namespace {

class LocalChannels : public handoff::Channels {
 public:
  LocalChannels(const Config& config, const Secret& link_key, const World& world,
                const std::function<rules::RuleBookPtr()>& book, channels::SlackWorkspace* slack)
      : log_channel_(world.log), slack_(slack) {
    if (!config.smtp.host.empty()) mail_ = std::make_unique<MailOut>(config, link_key, world.clock, book);
  }

  handoff::Channel* Find(const std::string& kind) override {
    if (kind == "slack") return slack_ == nullptr ? nullptr : &slack_->channel();
    if (kind == "mail" && mail_ != nullptr) return &mail_->channel();
    return kind == "log" ? &log_channel_ : nullptr;
  }

 private:
  channels::LogChannel log_channel_;
  std::unique_ptr<MailOut> mail_;
  channels::SlackWorkspace* slack_;
};

handoff::Settings HandoffSettings(const Config& config) {
  handoff::Settings settings;
  settings.channels.mail = !config.smtp.host.empty();
  settings.channels.slack = !config.slack.token.empty();
  settings.base_url = config.http.base_url;
  settings.duplicate_window = std::chrono::hours(config.keep.duplicate_hours);
  settings.reopen_within = std::chrono::days(config.keep.reopen_days);
  return settings;
}

// Null without a token.
std::unique_ptr<channels::SlackWorkspace> OpenSlack(const Config& config, const World& world,
                                                    std::function<rules::RuleBookPtr()> book) {
  if (config.slack.token.empty()) return nullptr;
  channels::SlackSettings settings;
  settings.api = {config.slack.token, config.slack.api_url};
  settings.signing_secret = config.slack.signing_secret;
  settings.members_may_act = config.slack.members_may_act;
  const std::string intake = config.mail.addresses.empty() ? "" : config.mail.addresses.front();
  return std::make_unique<channels::SlackWorkspace>(std::move(settings), channels::ThreadClients(), world.clock,
                                                    world.log, std::move(book), intake);
}

pipeline::ProcessSettings ProcessSettingsOf(const handoff::Settings& handoff, bool costly_reader) {
  pipeline::ProcessSettings settings;
  settings.handoff = handoff;
  settings.costly_reader = costly_reader;
  return settings;
}

class LocalApp : public App {
 public:
  LocalApp(const Config& config, const World& world, std::unique_ptr<local::SqliteStore> store,
           std::unique_ptr<Readers> readers, std::unique_ptr<RulesPlace> rules_place, Secret form_key, Secret link_key)
      : config_(config),
        world_(world),
        store_(std::move(store)),
        form_key_(std::move(form_key)),
        link_key_(std::move(link_key)),
        rules_place_(std::move(rules_place)),
        slack_(OpenSlack(config, world, [this] { return sync_.book(); })),
        channels_(
            config, link_key_, world, [this] { return sync_.book(); }, slack_.get()),
        sync_(store_->shelf()),
        readers_(std::move(readers)),
        handoff_settings_(HandoffSettings(config)),
        mail_settings_(MailSettingsOf(config, link_key_)),
        ports_{store_->ledger(),
               store_->tickets(),
               store_->lookups(),
               store_->queues(),
               store_->deliveries(),
               store_->corrections(),
               store_->audit(),
               store_->originals(),
               store_->people(),
               store_->eraser(),
               store_->dump(),
               store_->shelf(),
               store_->queue(),
               store_->dead_letters(),
               rules_place_->source(),
               world.ids,
               world.clock,
               world.log,
               store_->usage()},
        gate_({ports_.ledger, ports_.tickets, ports_.lookups, ports_.originals, ports_.queue, ports_.ids, ports_.clock,
               ports_.log},
              handoff_settings_.reopen_within),
        outbox_(
            {ports_.ledger, ports_.tickets, ports_.deliveries, ports_.audit, channels_, ports_.clock, ports_.log},
            handoff_settings_, [this] { return sync_.book(); }, world.chance),
        process_({ports_.ledger, ports_.tickets, ports_.lookups, ports_.queue, readers_->configured(),
                  readers_->embedded(), ports_.ids, ports_.clock, ports_.log},
                 ProcessSettingsOf(handoff_settings_, readers_->costly()), [this] { return sync_.book(); }),
        correct_({ports_.ledger, ports_.tickets, ports_.lookups, ports_.corrections, ports_.audit, ports_.queue,
                  ports_.ids, ports_.clock, ports_.log},
                 handoff_settings_, [this] { return sync_.book(); }),
        deliver_([this](std::vector<handoff::Outgoing> begun) { outbox_.Deliver(begun); }) {}

  const Config& config() const override { return config_; }
  Ports& ports() override { return ports_; }
  rules::Sync& rules() override { return sync_; }
  intake::Gate& gate() override { return gate_; }
  intake::MailSettings& mail_settings() override { return mail_settings_; }
  read::Reader& reader() override { return readers_->configured(); }
  read::Reader& fallback_reader() override { return readers_->embedded(); }
  pipeline::Process& process() override { return process_; }
  handoff::Outbox& outbox() override { return outbox_; }
  correct::Correct& correct() override { return correct_; }
  const handoff::Settings& handoff_settings() override { return handoff_settings_; }

  pipeline::SweepPorts sweep_ports() override {
    return {ports_.ledger, ports_.tickets, ports_.queues, ports_.eraser,
            ports_.queue,  ports_.clock,   ports_.log,    [this] { return sync_.book(); }};
  }

  pipeline::SweepSettings sweep_settings() const override {
    pipeline::SweepSettings settings;
    settings.done_after = std::chrono::days(config_.keep.done_after_days);
    settings.keep_texts = std::chrono::days(config_.keep.texts_days);
    settings.handoff = handoff_settings_;
    return settings;
  }

  Result<rules::SyncReport> LoadRules() override {
    const Result<void> shelf = sync_.LoadShelf();
    if (!shelf && shelf.fault().kind == FaultKind::kTransient) return shelf.fault();
    Result<rules::SyncReport> report = sync_.Take(ports_.source, "", world_.clock.Now());
    if (sync_.book() != nullptr) {
      if (report) return report;
      return rules::SyncReport{rules::SyncOutcome::kUnchanged, sync_.version(), sync_.book(), {}};
    }
    if (!report) return report.fault();
    return Invalid(report->problems.empty() ? "the rules folder has no book" : Format(report->problems.front()));
  }

  void PrepareReader() override {
    if (const rules::RuleBookPtr book = sync_.book()) readers_->embedded().Prepare(*book);
  }

  bool RulesMayHaveChanged() override { return rules_place_->MayHaveChanged(); }

  Result<void> WriteRules(const rules::RuleFiles& files) override { return rules_place_->Write(files); }

  const Secret& form_key() const override { return form_key_; }
  const Secret& link_key() const override { return link_key_; }

  channels::SlackWorkspace* slack() override { return slack_.get(); }

  std::vector<std::pair<std::string, double>> StoreFigures() const override {
    const local::SqliteFigures figures = store_->figures();
    std::vector<std::pair<std::string, double>> all = readers_->Figures();
    const std::pair<std::string, double> store[] = {
        {"store_steps_total", static_cast<double>(figures.requests)},
        {"store_commits_total", static_cast<double>(figures.groups)},
        {"store_syncs_total", static_cast<double>(figures.synced)},
        {"store_checkpoints_total", static_cast<double>(figures.checkpoints)},
        {"store_busy_seconds_total", static_cast<double>(figures.busy_micros) / 1e6},
        {"store_commit_seconds_total", static_cast<double>(figures.commit_micros) / 1e6}};
    all.insert(all.end(), std::begin(store), std::end(store));
    return all;
  }

  void SetDeliver(std::function<void(std::vector<handoff::Outgoing>)> deliver) override {
    deliver_ = std::move(deliver);
  }
  void Deliver(std::vector<handoff::Outgoing> begun) override { deliver_(std::move(begun)); }

 private:
  Config config_;
  World world_;
  std::unique_ptr<local::SqliteStore> store_;
  Secret form_key_;
  Secret link_key_;
  std::unique_ptr<RulesPlace> rules_place_;
  std::unique_ptr<channels::SlackWorkspace> slack_;
  LocalChannels channels_;
  rules::Sync sync_;
  std::unique_ptr<Readers> readers_;
  handoff::Settings handoff_settings_;
  intake::MailSettings mail_settings_;
  Ports ports_;
  intake::Gate gate_;
  handoff::Outbox outbox_;
  pipeline::Process process_;
  correct::Correct correct_;
  std::function<void(std::vector<handoff::Outgoing>)> deliver_;
};

}  // namespace

Result<std::unique_ptr<App>> App::Open(const Config& config, const World& world, Role role) {
  local::SqliteOptions options;
  options.clock = &world.clock;
  options.log = &world.log;
  options.background_checkpoints = role == Role::kServe;
  if (role == Role::kTool) options.readers = 1;
  TR_ASSIGN(std::unique_ptr<local::SqliteStore> store, local::SqliteStore::Open(config.data_dir, options));
  TR_ASSIGN(std::unique_ptr<Readers> readers, Readers::Make(config.reader, {&store->corrections(), &store->usage(),
                                                                            world.clock, world.log, config.variables}));
  TR_ASSIGN(std::unique_ptr<RulesPlace> rules_place, RulesPlace::Make(config.rules_dir, config.drive, world.clock));
  Secret form_key;
  if (role == Role::kServe) {
    TR_ASSIGN(form_key, local::KeepSecret(config.data_dir + "/form.key"));
  }
  // Tools too know replies to cards and may post cards.
  TR_ASSIGN(Secret link_key, local::KeepSecret(config.data_dir + "/link.key"));
  return std::unique_ptr<App>(std::make_unique<LocalApp>(config, world, std::move(store), std::move(readers),
                                                         std::move(rules_place), std::move(form_key),
                                                         std::move(link_key)));
}

}  // namespace tr::wiring
