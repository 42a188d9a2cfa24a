#pragma once
// In: every port. Out: App, one installation put together: the store, the rules in force, the gate, the reader, the
// pipeline, the outbox and the corrections. Never: a thread, a socket, an adapter's name. Start at: App::Open in
// app.cc.

#include <atomic>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "channels/slack_workspace.h"
#include "correct/command.h"
#include "handoff/outbox.h"
#include "intake/accept.h"
#include "intake/mail_lane.h"
#include "pipeline/process.h"
#include "pipeline/sweep.h"
#include "read/reader.h"
#include "rules/sync.h"
#include "wiring/adapters.h"
#include "wiring/app_channels.h"
#include "wiring/config.h"
#include "wiring/wire_reader.h"

namespace tr::wiring {

class App {
 public:
  // The installation that the settings describe: on AWS where they name its parts, else embedded, on config.data_dir.
  // Faults as LocalAdapters and AwsAdapters. Reads no rules yet.
  static Result<std::unique_ptr<App>> Open(Config config, const World& world, Role role);

  App(Config config, const World& world, std::unique_ptr<Adapters> adapters, std::unique_ptr<Readers> readers);
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  const Config& config() const { return config_; }
  Ports& ports() { return ports_; }
  rules::Sync& rules() { return sync_; }
  intake::Gate& gate() { return gate_; }
  intake::MailSettings& mail_settings() { return mail_settings_; }
  read::Reader& reader() { return readers_->configured(); }
  read::Reader& fallback_reader() { return readers_->embedded(); }  // reads where the other does not
  pipeline::Process& process() { return process_; }
  handoff::Outbox& outbox() { return outbox_; }
  correct::Correct& correct() { return correct_; }
  const handoff::Settings& handoff_settings() { return handoff_settings_; }
  pipeline::SweepPorts sweep_ports();
  pipeline::SweepSettings sweep_settings() const;

  // Puts a book in force: what the manager's place has, or the last good one where that is broken. The report says
  // which. kInvalid: the place's book is broken and there never was a good one; the text is the first problem. Else as
  // TakeRules.
  Result<rules::SyncReport> LoadRules();

  // Takes what the manager's place has now and tells triage what is news. What fails is logged, and done again in a
  // minute where somebody asks RulesMayHaveChanged. Faults as rules::Sync::Take. `who` asked for it: an address, or "".
  Result<rules::SyncReport> TakeRules(const std::string& who);

  // Trains the embedded reader for the book in force, so that the next ticket need not wait.
  void PrepareReader();

  // Whether the rules are worth taking: the manager's place looks different from the last time that this was asked, or
  // the last Take has to be done again. Cheap; asked twice a second by one thread.
  bool RulesMayHaveChanged();

  // Rewrites the rules where the manager writes them, all pieces or none. Faults as RulesPlace::Write.
  Result<void> WriteRules(const rules::RuleFiles& files) { return adapters_->rules_place().Write(files); }

  // The key that form tokens are signed with.
  const Secret& form_key() const { return adapters_->form_key(); }

  // The key that the links and the Message-IDs of e-mail cards are signed with.
  const Secret& link_key() const { return adapters_->link_key(); }

  // The workspace that teams read in; null where none is set up.
  channels::SlackWorkspace* slack() { return slack_.get(); }

  // What the reader and the store have to say to /metrics: names and values.
  std::vector<std::pair<std::string, double>> Figures() const;

  // Hands deliveries to whoever delivers: at once, or whoever set it: a thread of `serve`, `web` after its answer.
  void SetDeliver(std::function<void(std::vector<handoff::Outgoing>)> deliver) { deliver_ = std::move(deliver); }
  void Deliver(std::vector<handoff::Outgoing> begun) { deliver_(std::move(begun)); }

 private:
  const Config config_;
  const std::unique_ptr<Adapters> adapters_;
  Ports& ports_;
  const std::unique_ptr<Readers> readers_;
  rules::Sync sync_;
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  std::atomic<std::int64_t> rules_again_ = kNever;  // in milliseconds, as ToMillis: when what failed is done again
  const std::function<rules::RuleBookPtr()> book_;
  const std::unique_ptr<channels::SlackWorkspace> slack_;
  AppChannels channels_;
  handoff::Settings handoff_settings_;
  intake::MailSettings mail_settings_;
  intake::Gate gate_;
  handoff::Outbox outbox_;
  pipeline::Process process_;
  correct::Correct correct_;
  std::function<void(std::vector<handoff::Outgoing>)> deliver_;
};

}  // namespace tr::wiring
