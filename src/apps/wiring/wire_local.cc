// The embedded system: which adapter stands behind which port.

#include <utility>

#include "local/secret_file.h"
#include "local/smtp_transport.h"
#include "local/sqlite_store.h"
#include "wiring/adapters.h"
#include "wiring/mail_out.h"

namespace tr::wiring {
namespace {

class Local : public Adapters {
 public:
  Local(const Config& config, const World& world, std::unique_ptr<local::SqliteStore> store,
        std::unique_ptr<RulesPlace> rules_place, Secret form_key, Secret link_key)
      : store_(std::move(store)),
        rules_place_(std::move(rules_place)),
        form_key_(std::move(form_key)),
        link_key_(std::move(link_key)),
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
               store_->usage()} {
    if (!config.smtp.host.empty()) {
      smtp_ = std::make_unique<local::SmtpTransport>(SmtpOptionsOf(config.smtp), world.clock);
    }
  }

  Ports& ports() override { return ports_; }
  RulesPlace& rules_place() override { return *rules_place_; }
  channels::MailTransport* mail() override { return smtp_.get(); }
  const Secret& form_key() const override { return form_key_; }
  const Secret& link_key() const override { return link_key_; }

  std::vector<std::pair<std::string, double>> Figures() const override {
    const local::SqliteFigures figures = store_->figures();
    return {{"store_steps_total", static_cast<double>(figures.requests)},
            {"store_commits_total", static_cast<double>(figures.groups)},
            {"store_syncs_total", static_cast<double>(figures.synced)},
            {"store_checkpoints_total", static_cast<double>(figures.checkpoints)},
            {"store_busy_seconds_total", static_cast<double>(figures.busy_micros) / 1e6},
            {"store_commit_seconds_total", static_cast<double>(figures.commit_micros) / 1e6}};
  }

 private:
  const std::unique_ptr<local::SqliteStore> store_;
  const std::unique_ptr<RulesPlace> rules_place_;
  const Secret form_key_;
  const Secret link_key_;
  Ports ports_;
  std::unique_ptr<local::SmtpTransport> smtp_;
};

}  // namespace

Result<std::unique_ptr<Adapters>> LocalAdapters(const Config& config, const World& world, Role role) {
  local::SqliteOptions options;
  options.clock = &world.clock;
  options.log = &world.log;
  options.background_checkpoints = role == Role::kServe;
  if (role != Role::kServe) options.readers = 1;
  options.one_moment = role == Role::kExporter;
  TR_ASSIGN(std::unique_ptr<local::SqliteStore> store, local::SqliteStore::Open(config.data_dir, options));
  std::unique_ptr<RulesPlace> rules_place;
  if (config.drive.folder.empty()) {
    rules_place = RulesPlace::InFolder(config.rules_dir);
  } else {
    TR_ASSIGN(rules_place, RulesPlace::InDrive(config.drive, world.clock));
  }
  Secret form_key;
  if (role == Role::kServe) {
    TR_ASSIGN(form_key, local::KeepSecret(config.data_dir + "/form.key"));
  }
  // Tools too know replies to cards and may post cards.
  TR_ASSIGN(Secret link_key, local::KeepSecret(config.data_dir + "/link.key"));
  return std::unique_ptr<Adapters>(std::make_unique<Local>(config, world, std::move(store), std::move(rules_place),
                                                           std::move(form_key), std::move(link_key)));
}

}  // namespace tr::wiring
