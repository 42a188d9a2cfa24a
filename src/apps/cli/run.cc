#include <sysexits.h>

#include <algorithm>
#include <istream>
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"

namespace tr::cli {
namespace {

constexpr std::string_view kAbout =
    "Reads each new support ticket, works out what it is about, and puts it in front of the right team.";

}  // namespace

void AddData(CLI::App& command, Common& common) {
  command.add_option("--data", common.data_dir, "the data folder")->capture_default_str();
  command.add_option("--config", common.config_file, "settings (TOML)");
}

Result<wiring::Config> LoadConfig(const Common& common, const wiring::Environment& environment) {
  Result<wiring::Config> config = common.config_file.empty() ? wiring::ParseConfig("", environment)
                                                             : wiring::ReadConfig(common.config_file, environment);
  if (!config) return config;
  if (common.config_file.empty() || common.data_dir != "data") config->data_dir = common.data_dir;
  if (!common.rules_dir.empty()) config->rules_dir = common.rules_dir;
  if (!common.listen.empty()) config->http.listen = common.listen;
  return config;
}

int ExitCodeOf(FaultKind kind) {
  switch (kind) {
    case FaultKind::kTransient: return EX_TEMPFAIL;
    case FaultKind::kPermanent: return EX_UNAVAILABLE;
    case FaultKind::kInvalid: return EX_DATAERR;
    case FaultKind::kNotFound: return EX_NOINPUT;
    case FaultKind::kConflict: return EX_TEMPFAIL;
    case FaultKind::kBug: return EX_SOFTWARE;
  }
  return EX_SOFTWARE;
}

int Complain(Terminal& terminal, const Fault& fault) {
  terminal.err << "ticket-router: " << Printable(fault.text) << "\n";
  return ExitCodeOf(fault.kind);
}

std::string ReadAll(std::istream& in, std::size_t limit) {
  std::string bytes;
  char buffer[65536];
  while (bytes.size() <= limit && (in.read(buffer, sizeof buffer) || in.gcount() > 0)) {
    bytes.append(buffer, static_cast<std::size_t>(in.gcount()));
  }
  return bytes;
}

std::string Printable(std::string_view text) {
  std::string safe;
  for (const char c : RepairUtf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) {
      safe += "\xEF\xBF\xBD";
    } else {
      safe += c;
    }
  }
  return safe;
}

int Run(const std::vector<std::string>& arguments, Terminal& terminal) {
  CLI::App app{std::string(kAbout), "ticket-router"};
  app.require_subcommand(1);
  app.set_version_flag("--version", TR_VERSION);
  Chosen chosen;
  AddServe(app, terminal, chosen);
  AddDemo(app, terminal, chosen);
  AddMail(app, terminal, chosen);
  AddExplain(app, terminal, chosen);
  AddRules(app, terminal, chosen);
  AddReplay(app, terminal, chosen);
  AddEval(app, terminal, chosen);
  AddTickets(app, terminal, chosen);
  AddActions(app, terminal, chosen);
  AddCost(app, terminal, chosen);
  AddDrive(app, terminal, chosen);
  AddOperate(app, terminal, chosen);
  AddCarry(app, terminal, chosen);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::Success& success) {  // --help, --version
    app.exit(success, terminal.out, terminal.err);
    return EX_OK;
  } catch (const CLI::ParseError& error) {
    std::string what = error.what();
    std::replace(what.begin(), what.end(), '\n', ' ');
    terminal.err << "ticket-router: " << Printable(what) << "; see ticket-router --help\n";
    return EX_USAGE;
  }
  return chosen();
}

}  // namespace tr::cli
