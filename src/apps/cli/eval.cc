// `eval`: measures a reader on labelled tickets.

#include "review/eval.h"

#include <sysexits.h>

#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>

#include "cli/commands.h"
#include "wiring/wire_reader.h"
#include "wiring/world.h"

namespace tr::cli {
namespace {

struct EvalFiles {
  std::string train;
  std::string validation;
  std::string test;
  std::string config;  // settings; with a reader other than the embedded one that is measured
};

Result<std::vector<review::EvalRow>> ReadRows(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return NotFound("cannot read " + path);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  Result<std::vector<review::EvalRow>> rows = review::ParseEvalRows(text);
  if (!rows) return Invalid(path + ": " + rows.fault().text);
  return rows;
}

Result<review::EvalInput> ReadInput(const EvalFiles& files) {
  review::EvalInput input;
  TR_ASSIGN(input.train, ReadRows(files.train));
  TR_ASSIGN(input.test, ReadRows(files.test));
  if (!files.validation.empty()) {
    TR_ASSIGN(input.validation, ReadRows(files.validation));
  }
  return input;
}

int Eval(const EvalFiles& files, Terminal& terminal) {
  const Result<review::EvalInput> input = ReadInput(files);
  if (!input) return Complain(terminal, input.fault());
  const auto start = std::chrono::steady_clock::now();
  const auto stopwatch = [start] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  Common common;
  common.config_file = files.config;
  const Result<wiring::Config> config = LoadConfig(common, terminal.environment);
  if (!config) return Complain(terminal, config.fault());
  const wiring::SystemClock clock;
  wiring::JsonLog log(2, LogLevel::kWarning, clock);
  const Result<std::unique_ptr<wiring::Readers>> readers =
      wiring::Readers::Make(config->reader, {nullptr, nullptr, clock, log, config->variables});
  if (!readers) return Complain(terminal, readers.fault());
  const bool embedded = config->reader.kind == wiring::ReaderKind::kEmbedded;
  const auto deadline = [&clock] { return clock.Now() + std::chrono::seconds(20); };
  terminal.out << boost::json::serialize(
                      embedded ? review::Evaluate(*input, stopwatch)
                               : review::EvaluateReader(*input, (*readers)->configured(), stopwatch, deadline))
               << "\n";
  return EX_OK;
}

}  // namespace

void AddEval(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  CLI::App* eval = app.add_subcommand("eval",
                                      "Measure a reader on labelled tickets (JSON lines).\nExample: "
                                      "ticket-router eval --train train.jsonl --test test.jsonl");
  auto files = std::make_shared<EvalFiles>();
  eval->add_option("--train", files->train, "what it learns from")->required();
  eval->add_option("--test", files->test, "what it is measured on")->required();
  eval->add_option("--config", files->config, "settings (TOML) whose [reader] is measured instead of the embedded one");
  eval->add_option("--val", files->validation, "what sets its threshold");
  eval->callback([&terminal, &chosen, files] { chosen = [&terminal, files] { return Eval(*files, terminal); }; });
}

}  // namespace tr::cli
