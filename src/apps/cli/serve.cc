// `serve`: the embedded system, until SIGTERM or SIGINT.

#include "server/serve.h"

#include <signal.h>
#include <sysexits.h>

#include <memory>
#include <ostream>

#include "cli/commands.h"
#include "cli/serve_file.h"
#include "local/data_lock.h"
#include "wiring/app.h"
#include "wiring/tokens.h"
#include "wiring/world.h"

namespace tr::cli {
namespace {

constexpr std::string_view kHelp =
    "Run the embedded system: HTTP, lanes, workers. SIGTERM finishes what is begun and exits 0.\n"
    "Example: ticket-router serve --data /var/lib/ticket-router --rules /etc/ticket-router/rules";

// Blocked in every thread that is started from here on, so that sigwait gets them.
sigset_t BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

int ExitCodeOfStart(const Fault& fault) {
  return fault.kind == FaultKind::kInvalid ? EX_CONFIG : ExitCodeOf(fault.kind);
}

int Serve(const Common& common, Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(common, terminal.environment);
  if (!config) {
    Complain(terminal, config.fault());
    return EX_CONFIG;
  }
  if (config->aws.names_one()) {
    Complain(terminal, Invalid("[aws] names an installation of functions: serve runs the embedded one"));
    return EX_CONFIG;
  }
  const sigset_t signals = BlockSignals();
  if (const Result<void> made = local::MakeDataFolder(config->data_dir); !made) return Complain(terminal, made.fault());
  Result<std::unique_ptr<local::DataLock>> lock = local::DataLock::Acquire(config->data_dir);
  if (!lock) return Complain(terminal, lock.fault());
  wiring::SystemClock clock;
  wiring::RandomIds ids;
  wiring::JsonLog log(2, LogLevel::kInfo, clock);
  const Result<std::unique_ptr<wiring::App>> app =
      wiring::App::Open(*config, {clock, ids, log, wiring::Chance}, wiring::Role::kServe);
  if (!app) return Complain(terminal, app.fault());
  const Result<std::string> token = wiring::KeepAdminToken((*app)->ports().people, config->data_dir, clock.Now());
  if (!token) return Complain(terminal, token.fault());
  server::Server server(**app, wiring::Chance);
  if (const Result<void> started = server.Start(); !started) {
    Complain(terminal, started.fault());
    return ExitCodeOfStart(started.fault());
  }
  const std::string url = UrlOf(config->http.listen, server.port());
  WriteServeFile(config->data_dir, url);
  terminal.out << "ticket-router serves at " << url << " (token: " << *token << "); Ctrl-C ends it" << std::endl;
  int signal_number = 0;
  sigwait(&signals, &signal_number);
  log.Info("draining", {{"signal", signal_number}});
  server.Stop();
  RemoveServeFile(config->data_dir);
  return EX_OK;
}

}  // namespace

void AddServe(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  CLI::App* serve = app.add_subcommand("serve", std::string(kHelp));
  auto common = std::make_shared<Common>();
  AddData(*serve, *common);
  serve->add_option("--rules", common->rules_dir, "the folder of topics.csv, teams.csv and rules.md");
  serve->add_option("--listen", common->listen, "ADDRESS:PORT, 127.0.0.1:8080 unless set");
  serve->callback([&terminal, &chosen, common] { chosen = [&terminal, common] { return Serve(*common, terminal); }; });
}

}  // namespace tr::cli
