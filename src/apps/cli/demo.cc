// `demo`: `serve` on a throw-away data folder with sample rules, fed a stream of sample tickets.

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sysexits.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <thread>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/demo_assets.h"
#include "cli/demo_log.h"
#include "cli/demo_show.h"
#include "cli/demo_stage.h"
#include "cli/demo_tally.h"
#include "cli/serve_file.h"
#include "local/data_lock.h"
#include "server/serve.h"
#include "wiring/tokens.h"
#include "wiring/world.h"

namespace tr::cli {
namespace {

constexpr std::string_view kHelp =
    "Watch it work: some sixty sample tickets of a small web shop, on a data folder that is thrown away. Ctrl-C ends "
    "it with a summary.\nExample: ticket-router demo --speed 2";

constexpr const char* kListen = "127.0.0.1:8080";
constexpr const char* kAnyPort = "127.0.0.1:0";
// A landing takes milliseconds; this is for a machine that is busy with something else.
constexpr auto kSettleWait = std::chrono::seconds(60);
constexpr auto kSettleLook = std::chrono::milliseconds(2);

struct DemoOptions {
  std::string rules_dir;
  std::string listen;
  double speed = 1;
  bool once = false;
};

wiring::Config ConfigOf(const DemoOptions& options, const Stage& stage) {
  wiring::Config config;
  config.data_dir = stage.data_dir();
  config.rules_dir = stage.rules_dir();
  config.http.listen = options.listen.empty() ? kListen : options.listen;
  config.mail.addresses = {"help@shop.example"};
  config.mail.domains = {"shop.example"};
  config.mail.trusted_servers = {"mx.shop.example"};
  return config;
}

struct LogFile {
  explicit LogFile(const std::string& path)
      : descriptor(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {}
  ~LogFile() { close(descriptor); }
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;
  const int descriptor;
};

// One that is running, and the world that it stands in. Ends in the right order.
struct Running {
  std::unique_ptr<LogFile> file;
  wiring::SystemClock clock;
  wiring::RandomIds ids;
  std::unique_ptr<wiring::JsonLog> lines;
  std::unique_ptr<DemoLog> log;
  std::unique_ptr<local::DataLock> lock;
  std::unique_ptr<wiring::App> app;
  std::unique_ptr<server::Server> server;
  std::string url;
  std::string token;
};

std::string FirstLine(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

Result<std::unique_ptr<Running>> Begin(const wiring::Config& config) {
  auto running = std::make_unique<Running>();
  running->file = std::make_unique<LogFile>(config.data_dir + "/log.jsonl");
  running->lines = std::make_unique<wiring::JsonLog>(running->file->descriptor, LogLevel::kInfo, running->clock);
  running->log = std::make_unique<DemoLog>(*running->lines);
  TR_ASSIGN(running->lock, local::DataLock::Acquire(config.data_dir));
  TR_ASSIGN(running->app, wiring::App::Open(config, {running->clock, running->ids, *running->log, wiring::Chance},
                                            wiring::Role::kServe));
  TR_ASSIGN(const std::string token,
            wiring::KeepAdminToken(running->app->ports().people, config.data_dir, running->clock.Now()));
  running->token = FirstLine(token);
  running->server = std::make_unique<server::Server>(*running->app, wiring::Chance);
  TR_TRY(running->server->Start());
  running->url = UrlOf(config.http.listen, running->server->port());
  WriteServeFile(config.data_dir, running->url);
  return running;
}

// Unless the user named the port, any other does where 8080 is taken.
Result<std::unique_ptr<Running>> BeginSomewhere(wiring::Config config, bool port_is_named) {
  Result<std::unique_ptr<Running>> running = Begin(config);
  if (running || port_is_named || running.fault().kind != FaultKind::kPermanent) return running;
  config.http.listen = kAnyPort;
  return Begin(config);
}

Result<void> AwaitHandled(wiring::App& app, const std::string& ticket, int message) {
  const auto until = std::chrono::steady_clock::now() + kSettleWait;
  while (std::chrono::steady_clock::now() < until) {
    TR_ASSIGN(const std::vector<Message> messages, app.ports().tickets.Messages(ticket));
    for (const Message& one : messages) {
      if (one.n == message && one.state == MessageState::kHandled) return Ok();
    }
    std::this_thread::sleep_for(kSettleLook);
  }
  return Transient("a sample ticket was not handled within a minute; is the machine very busy?");
}

Paper PaperOf(const Terminal& terminal) {
  Paper paper;
  paper.colours = terminal.is_tty;
  winsize size{};
  if (terminal.is_tty && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) paper.columns = size.ws_col;
  return paper;
}

void Greet(std::ostream& out, const Paper& paper, const Running& running, const Stage& stage) {
  std::error_code ignored;
  out << Inked(paper, Ink::kNews, "Ticket Router, sorting the mail of a small shop for coffee gear") << "\n"
      << "  In the browser: " << running.url << "/   token: " << running.token << "\n"
      << "  The rules:      " << std::filesystem::absolute(stage.rules_dir(), ignored).string()
      << "/rules.md: add a word while it runs, save, and see it count\n"
      << "  The data:       " << stage.data_dir() << ", removed at the end. Ctrl-C ends it.\n"
      << "  ✉ mail  ✎ form  ❝ chat\n"
      << std::endl;
}

Result<void> Play(const DemoOptions& options, Terminal& terminal) {
  TR_ASSIGN(const std::vector<Sample> samples, ParseSamples(DemoTickets()));
  // Ends last: until the folder is removed, another Ctrl-C does nothing.
  TerminalAttention attention(terminal.is_tty);
  TR_ASSIGN(const std::unique_ptr<Stage> stage, Stage::Set(options.rules_dir));
  TR_ASSIGN(const std::unique_ptr<Running> running, BeginSomewhere(ConfigOf(options, *stage), !options.listen.empty()));
  wiring::App& app = *running->app;
  const Paper paper = PaperOf(terminal);
  Greet(terminal.out, paper, *running, *stage);
  running->log->TakeNews();  // of the first version, which nobody has changed
  Feed feed(app, [&app](const std::string& ticket, int message) { return AwaitHandled(app, ticket, message); });
  const std::chrono::milliseconds pace(options.speed > 0 ? static_cast<int>(1000 / options.speed) : 0);
  Show show(app, feed, attention, [&running] { return running->log->TakeNews(); }, terminal.out,
            {pace, options.once, paper});
  TR_TRY(show.Run(samples));
  running->server->Stop();
  TR_ASSIGN(const Tally tally, Count(app));
  terminal.out << SummaryText(paper, tally, stage->rules_dir()) << std::flush;
  return Ok();
}

int Demo(const DemoOptions& options, Terminal& terminal) {
  const Result<void> played = Play(options, terminal);
  return played ? EX_OK : Complain(terminal, played.fault());
}

}  // namespace

void AddDemo(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  CLI::App* demo = app.add_subcommand("demo", std::string(kHelp));
  auto options = std::make_shared<DemoOptions>();
  demo->add_option("--rules", options->rules_dir, "other rules than the sample ones; they are left as they are");
  demo->add_option("--speed", options->speed, "tickets a second; 0: as fast as they land")
      ->check(CLI::Range(0.0, 1000.0))
      ->capture_default_str();
  demo->add_option("--listen", options->listen, "ADDRESS:PORT, 127.0.0.1:8080 or any other port unless set");
  demo->add_flag("--once", options->once, "end with the last ticket");
  demo->callback([&terminal, &chosen, options] { chosen = [&terminal, options] { return Demo(*options, terminal); }; });
}

}  // namespace tr::cli
