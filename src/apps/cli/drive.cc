// `drive`: the rules in Google Drive.

#include <sysexits.h>

#include <boost/json.hpp>
#include <memory>
#include <ostream>

#include "cli/client.h"
#include "cli/commands.h"

namespace tr::cli {
namespace {

namespace json = boost::json;

int SyncNow(const Common& common, Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(common, terminal.environment);
  if (!config) return Complain(terminal, config.fault());
  const Result<std::unique_ptr<Client>> client = Client::Connect(*config);
  if (!client) return Complain(terminal, client.fault());
  const Result<json::value> report = (*client)->Post("/api/v1/rules/sync", json::object());
  if (!report) return Complain(terminal, report.fault());
  if (common.json) {
    terminal.out << json::serialize(*report) << "\n";
  } else {
    terminal.out << Printable(std::string_view(report->at("text").as_string())) << "\n";
  }
  return report->at("outcome") == "broken" ? 1 : EX_OK;
}

}  // namespace

void AddDrive(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  CLI::App* drive = app.add_subcommand("drive", "The rules in Google Drive.\nExample: ticket-router drive sync");
  drive->require_subcommand(1);
  CLI::App* sync = drive->add_subcommand(
      "sync",
      "Read the rules now, wherever they are written, instead of at the next turn; exit 1 when they have errors.\n"
      "Example: ticket-router drive sync");
  auto common = std::make_shared<Common>();
  AddData(*sync, *common);
  sync->add_flag("--json", common->json, "for programs");
  sync->callback([&terminal, &chosen, common] { chosen = [&terminal, common] { return SyncNow(*common, terminal); }; });
}

}  // namespace tr::cli
