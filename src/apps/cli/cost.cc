// `cost`: what reading costs.

#include <sysexits.h>

#include <boost/json.hpp>
#include <memory>
#include <ostream>

#include "cli/client.h"
#include "cli/commands.h"

namespace tr::cli {
namespace {

namespace json = boost::json;

void Print(const json::value& cost, std::ostream& out) {
  const std::string reader(cost.at("reader").as_string());
  out << "Reader: " << reader << (reader == "embedded" ? ", which costs nothing" : "");
  const double budget = cost.at("monthly_budget").to_number<double>();
  if (reader != "embedded" && budget > 0) out << "; budget " << budget << " a month";
  out << "\n";
  for (const json::value& month : cost.at("months").as_array()) {
    out << std::string_view(month.at("month").as_string()) << ": " << month.at("calls").as_int64() << " calls, "
        << month.at("input_tokens").as_int64() << " tokens in, " << month.at("output_tokens").as_int64()
        << " out, cost " << month.at("cost").to_number<double>() << "\n";
  }
}

int Cost(const Common& common, Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(common, terminal.environment);
  if (!config) return Complain(terminal, config.fault());
  const Result<std::unique_ptr<Client>> client = Client::Connect(*config);
  if (!client) return Complain(terminal, client.fault());
  const Result<json::value> cost = (*client)->Get("/api/v1/cost");
  if (!cost) return Complain(terminal, cost.fault());
  if (common.json) {
    terminal.out << json::serialize(*cost) << "\n";
  } else {
    Print(*cost, terminal.out);
  }
  return EX_OK;
}

}  // namespace

void AddCost(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  CLI::App* cost = app.add_subcommand(
      "cost", "What reading cost this month and the last, in the prices' currency.\nExample: ticket-router cost");
  auto common = std::make_shared<Common>();
  AddData(*cost, *common);
  cost->add_flag("--json", common->json, "for programs");
  cost->callback([&terminal, &chosen, common] { chosen = [&terminal, common] { return Cost(*common, terminal); }; });
}

}  // namespace tr::cli
