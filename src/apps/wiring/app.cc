#include "wiring/app.h"

#include <iterator>
#include <utility>

#include "wiring/announce.h"

namespace tr::wiring {
namespace {

constexpr Duration kSoon = std::chrono::minutes(1);

handoff::Settings HandoffSettings(const Config& config, bool mail) {
  handoff::Settings settings;
  settings.channels.mail = mail;
  settings.channels.slack = !config.slack.token.empty();
  settings.base_url = config.http.base_url;
  settings.duplicate_window = std::chrono::hours(config.keep.duplicate_hours);
  settings.reopen_within = std::chrono::days(config.keep.reopen_days);
  return settings;
}

// Tries beyond those after which an item is buried with its own fault.
constexpr int kSpareReceives = 3;

// Longer than the queue hides what a function has, by docs/aws.md: 12 minutes.
constexpr Duration kHiddenOnAws = std::chrono::minutes(15);

pipeline::ProcessSettings ProcessSettingsOf(const handoff::Settings& handoff, bool costly_reader, bool on_aws) {
  pipeline::ProcessSettings settings;
  settings.handoff = handoff;
  if (on_aws) settings.most_receives = queue::kMaxAttempts + kSpareReceives;
  settings.costly_reader = costly_reader;
  return settings;
}

// Null where no mail leaves.
std::unique_ptr<MailOut> OpenMail(const Config& config, Adapters& adapters, const Clock& clock,
                                  const std::function<rules::RuleBookPtr()>& book) {
  channels::MailTransport* transport = adapters.mail();
  if (transport == nullptr) return nullptr;
  return std::make_unique<MailOut>(*transport, config, adapters.link_key(), clock, book);
}

}  // namespace

App::App(Config config, const World& world, std::unique_ptr<Adapters> adapters, std::unique_ptr<Readers> readers)
    : config_(std::move(config)),
      adapters_(std::move(adapters)),
      ports_(adapters_->ports()),
      readers_(std::move(readers)),
      sync_(ports_.shelf),
      book_([this] { return sync_.book(); }),
      slack_(OpenSlack(config_, world.clock, world.log, book_)),
      channels_(world.log, slack_.get(), OpenMail(config_, *adapters_, world.clock, book_)),
      handoff_settings_(HandoffSettings(config_, adapters_->mail() != nullptr)),
      mail_settings_(MailSettingsOf(config_, adapters_->link_key())),
      gate_({ports_.ledger, ports_.tickets, ports_.lookups, ports_.originals, ports_.queue, ports_.ids, ports_.clock,
             ports_.log},
            handoff_settings_.reopen_within),
      outbox_({ports_.ledger, ports_.tickets, ports_.deliveries, ports_.audit, channels_, ports_.clock, ports_.log},
              handoff_settings_, book_, world.chance),
      process_({ports_.ledger, ports_.tickets, ports_.lookups, ports_.queue, readers_->configured(),
                readers_->embedded(), ports_.ids, ports_.clock, ports_.log},
               ProcessSettingsOf(handoff_settings_, readers_->costly(), config_.aws.names_one()), book_),
      correct_({ports_.ledger, ports_.tickets, ports_.lookups, ports_.corrections, ports_.audit, ports_.queue,
                ports_.ids, ports_.clock, ports_.log},
               handoff_settings_, book_),
      deliver_([this](const std::vector<handoff::Outgoing>& begun) { outbox_.Deliver(begun); }) {}

pipeline::SweepPorts App::sweep_ports() {
  return {ports_.ledger, ports_.tickets, ports_.queues, ports_.eraser, ports_.queue, ports_.clock, ports_.log, book_};
}

pipeline::SweepSettings App::sweep_settings() const {
  pipeline::SweepSettings settings;
  settings.done_after = std::chrono::days(config_.keep.done_after_days);
  settings.keep_texts = std::chrono::days(config_.keep.texts_days);
  settings.handoff = handoff_settings_;
  if (config_.aws.names_one()) settings.unhandled_after = kHiddenOnAws;
  return settings;
}

Result<rules::SyncReport> App::LoadRules() {
  const Result<void> shelf = sync_.LoadShelf();
  if (!shelf && shelf.fault().kind == FaultKind::kTransient) return shelf.fault();
  Result<rules::SyncReport> report = TakeRules("");
  if (sync_.book() != nullptr) {
    if (report) return report;
    rules::SyncReport kept;
    kept.version = sync_.version();
    return kept;
  }
  if (!report) return report.fault();
  return Invalid(report->problems.empty() ? "there is no rule book" : Format(report->problems.front()));
}

Result<rules::SyncReport> App::TakeRules(const std::string& who) {
  const Time now = ports_.clock.Now();
  const auto tell = [this](const rules::SyncReport& news) { return Announce(*this, news); };
  Result<rules::SyncReport> report = sync_.Take(ports_.source, who, now, tell);
  if (report && !report->untold) {
    rules_again_ = kNever;
    return report;
  }
  const Fault& fault = report ? *report->untold : report.fault();
  // Without a book the program does not start, and says the fault itself.
  if (sync_.book() != nullptr)
    ports_.log.Warning(report ? "rules_not_told" : "rules_not_read", {{"trouble", fault.text}});
  rules_again_ = ToMillis(now + fault.retry_after.value_or(kSoon));
  return report;
}

bool App::RulesMayHaveChanged() {
  const bool changed = adapters_->rules_place().MayHaveChanged();
  return changed || ToMillis(ports_.clock.Now()) >= rules_again_;
}

void App::PrepareReader() {
  if (const rules::RuleBookPtr book = sync_.book()) readers_->embedded().Prepare(*book);
}

std::vector<std::pair<std::string, double>> App::Figures() const {
  std::vector<std::pair<std::string, double>> all = readers_->Figures();
  std::vector<std::pair<std::string, double>> store = adapters_->Figures();
  std::move(store.begin(), store.end(), std::back_inserter(all));
  return all;
}

Result<std::unique_ptr<App>> App::Open(Config config, const World& world, Role role) {
  std::unique_ptr<Adapters> adapters;
  if (config.aws.names_one()) {
    TR_ASSIGN(adapters, AwsAdapters(config, world, role));
  } else {
    TR_ASSIGN(adapters, LocalAdapters(config, world, role));
  }
  Ports& ports = adapters->ports();
  TR_ASSIGN(std::unique_ptr<Readers> readers,
            Readers::Make(config.reader, {&ports.corrections, &ports.usage, world.clock, world.log, config.variables}));
  return std::make_unique<App>(std::move(config), world, std::move(adapters), std::move(readers));
}

}  // namespace tr::wiring
