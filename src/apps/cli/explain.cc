// `explain`: the receipt that a message would get.

#include "api/explain.h"

#include <sysexits.h>

#include <boost/json.hpp>
#include <memory>
#include <ostream>

#include "cli/client.h"
#include "cli/commands.h"
#include "cli/rules_files.h"
#include "intake/mail_lane.h"
#include "ticket/json.h"
#include "wiring/wire_reader.h"
#include "wiring/world.h"

namespace tr::cli {
namespace {

namespace json = boost::json;

struct ExplainOptions {
  Common common;
  bool json_in = false;
  std::string at;
  bool with_data = false;
};

Result<intake::Arrival> ReadArrival(const ExplainOptions& options, std::string input, const rules::RuleBook& book) {
  if (!options.json_in) return intake::ReadMail(std::move(input), {}, &book);
  TR_ASSIGN(const json::value value, ParseJson(input));
  if (!value.is_object()) return Invalid("standard input is no JSON object");
  return api::ReadTicketJson(value.as_object());
}

// Without an installation: the rules in the folder and a reader that knows nothing but them.
Result<json::value> ExplainAlone(const ExplainOptions& options, std::string input, const wiring::Config& config) {
  TR_ASSIGN(const FolderBook book, ReadGoodBook(options.common.rules_dir.empty() ? "rules" : options.common.rules_dir));
  const wiring::SystemClock clock;
  wiring::JsonLog log(2, LogLevel::kWarning, clock);
  Time at = clock.Now();
  if (!options.at.empty()) {
    TR_ASSIGN(at, ParseTime(options.at));
  }
  TR_ASSIGN(const intake::Arrival arrival, ReadArrival(options, std::move(input), *book.parsed.book));
  TR_ASSIGN(const std::unique_ptr<wiring::Readers> readers,
            wiring::Readers::Make(config.reader, {nullptr, nullptr, clock, log, config.variables}));
  const api::ExplainPorts ports{readers->configured(), nullptr, nullptr, {}, clock.Now() + std::chrono::seconds(20),
                                &readers->embedded()};
  TR_ASSIGN(json::object explained, api::Explain(ports, arrival, *book.parsed.book, at));
  return json::value(std::move(explained));
}

Result<json::value> ExplainThere(const ExplainOptions& options, std::string input, const wiring::Config& config) {
  json::object body;
  if (!options.at.empty()) body["at"] = options.at;
  if (options.json_in) {
    TR_ASSIGN(body["ticket"], ParseJson(input));
  } else {
    body["mail"] = std::move(input);
  }
  TR_ASSIGN(const std::unique_ptr<Client> client, Client::Connect(config));
  return client->Post("/api/v1/explain", body);
}

int Explain(const ExplainOptions& options, Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(options.common, terminal.environment);
  if (!config) return Complain(terminal, config.fault());
  std::string input = ReadAll(terminal.in, intake::kMaxMailBytes);
  const Result<json::value> explained = options.with_data ? ExplainThere(options, std::move(input), *config)
                                                          : ExplainAlone(options, std::move(input), *config);
  if (!explained) return Complain(terminal, explained.fault());
  terminal.out << json::serialize(*explained) << "\n";
  return EX_OK;
}

}  // namespace

void AddExplain(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  CLI::App* explain =
      app.add_subcommand("explain",
                         "Print the receipt that a message on standard input would get; changes and sends nothing.\n"
                         "Example: ticket-router explain --rules rules < message.eml");
  auto options = std::make_shared<ExplainOptions>();
  AddData(*explain, options->common);
  explain->add_option("--rules", options->common.rules_dir, "the rules folder");
  explain->add_option("--at", options->at, "as if at this time: 2026-12-08T10:00:00Z");
  explain->add_flag("--json-in", options->json_in, "standard input is {\"lane\",\"from\",\"subject\",\"text\"}");
  explain->callback([&terminal, &chosen, options, explain] {
    options->with_data = explain->count("--data") > 0;
    chosen = [&terminal, options] { return Explain(*options, terminal); };
  });
}

}  // namespace tr::cli
