// `rules check`, `rules test`, `rules history`, `rules restore`; `replay`.

#include <sysexits.h>

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <ostream>

#include "api/views.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/rules_files.h"
#include "local/dir_rule_source.h"
#include "route/rules_test_runner.h"

namespace tr::cli {

namespace json = boost::json;

Result<FolderBook> ReadBook(const std::string& dir) {
  local::DirRuleSource source(dir);
  TR_ASSIGN(rules::RuleFiles files, source.Load());
  rules::ParsedBook parsed = rules::ParseRuleBook(files);
  return FolderBook{std::move(files), std::move(parsed)};
}

Result<FolderBook> ReadGoodBook(const std::string& dir) {
  TR_ASSIGN(FolderBook book, ReadBook(dir));
  if (book.parsed.book != nullptr) return book;
  for (const rules::Problem& problem : book.parsed.problems) {
    if (problem.severity == rules::Severity::kError)
      return Invalid(rules::Format(problem) + "; see ticket-router rules check");
  }
  return Invalid("the rules have errors; see ticket-router rules check");
}

namespace {

std::string TextOf(const json::value& object, std::string_view name) {
  const json::value* value = object.is_object() ? object.as_object().if_contains(name) : nullptr;
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

json::object FilesBody(const rules::RuleFiles& files) {
  return {
      {"topics", files.topics}, {"teams", files.teams}, {"rules", files.rules}, {"tests", files.tests.value_or("")}};
}

// The installation's own check, which also knows its tickets and settings.
Result<json::array> CheckThere(const FolderBook& book, const wiring::Config& config) {
  wiring::Config present = config;
  present.rules_dir = wiring::Config().rules_dir;
  TR_ASSIGN(const std::unique_ptr<Client> client, Client::Connect(present));
  TR_ASSIGN(const json::value report, client->Post("/api/v1/rules/check", FilesBody(book.files)));
  return report.at("problems").as_array();
}

json::array CheckHere(const FolderBook& book) {
  json::array views;
  for (const rules::Problem& problem : book.parsed.problems) views.push_back(api::View(problem));
  return views;
}

int Check(const std::string& dir, const Common& common, Terminal& terminal) {
  const Result<FolderBook> book = ReadBook(dir);
  if (!book) return Complain(terminal, book.fault());
  json::array problems = CheckHere(*book);
  if (!common.data_dir.empty()) {
    const Result<wiring::Config> config = LoadConfig(common, terminal.environment);
    if (!config) return Complain(terminal, config.fault());
    Result<json::array> there = CheckThere(*book, *config);
    if (!there) return Complain(terminal, there.fault());
    problems = std::move(*there);
  }
  const auto errors = std::ranges::count_if(
      problems, [](const json::value& problem) { return TextOf(problem, "severity") == "error"; });
  if (common.json) {
    terminal.out << json::serialize(json::object{{"ok", errors == 0}, {"problems", std::move(problems)}}) << "\n";
  } else {
    for (const json::value& problem : problems) terminal.out << Printable(TextOf(problem, "message")) << "\n";
    terminal.out << (errors == 0 ? "The rules can be used."
                                 : std::to_string(errors) + " errors: these rules would not come into force.")
                 << "\n";
  }
  return errors == 0 ? EX_OK : 1;
}

int Test(const std::string& dir, bool as_json, Terminal& terminal) {
  const Result<FolderBook> book = ReadGoodBook(dir);
  if (!book) {
    Complain(terminal, book.fault());
    return book.fault().kind == FaultKind::kInvalid ? 1 : ExitCodeOf(book.fault().kind);
  }
  const route::RuleTestReport report = route::RunRuleTests(book->files, *book->parsed.book);
  json::array views;
  for (const route::RuleTestResult& result : report.results) {
    if (as_json) {
      views.push_back(
          {{"test", result.name}, {"row", result.row}, {"passed", result.passed}, {"difference", result.difference}});
    } else if (!result.passed) {
      terminal.out << "row " << result.row << " failed: " << Printable(result.name) << ": "
                   << Printable(result.difference) << "\n";
    }
  }
  for (const rules::Problem& problem : report.problems) {
    if (!as_json) terminal.out << Printable(rules::Format(problem)) << "\n";
  }
  const int failed = report.failed();
  const int passed = static_cast<int>(report.results.size()) - failed;
  if (as_json) {
    terminal.out << json::serialize(json::object{{"passed", passed}, {"failed", failed}, {"tests", std::move(views)}})
                 << "\n";
  } else {
    terminal.out << passed << " passed, " << failed << " failed\n";
  }
  return failed == 0 && report.problems.empty() ? EX_OK : 1;
}

int History(const Common& common, Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(common, terminal.environment);
  if (!config) return Complain(terminal, config.fault());
  const Result<std::unique_ptr<Client>> client = Client::Connect(*config);
  if (!client) return Complain(terminal, client.fault());
  const Result<json::value> history = (*client)->Get("/api/v1/rules/history");
  if (!history) return Complain(terminal, history.fault());
  if (common.json) {
    terminal.out << json::serialize(*history) << "\n";
    return EX_OK;
  }
  for (const json::value& version : history->at("versions").as_array()) {
    terminal.out << "version " << version.at("version") << "  " << TextOf(version, "at") << "  "
                 << Printable(TextOf(version, "who")) << "  " << Printable(TextOf(version, "difference")) << "\n";
  }
  return EX_OK;
}

int Restore(const Common& common, int number, Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(common, terminal.environment);
  if (!config) return Complain(terminal, config.fault());
  const Result<std::unique_ptr<Client>> client = Client::Connect(*config);
  if (!client) return Complain(terminal, client.fault());
  const Result<json::value> book = (*client)->Post("/api/v1/rules/restore", json::object{{"version", number}});
  if (!book) return Complain(terminal, book.fault());
  terminal.out << "Version " << number << " is in force again, as version " << book->at("version") << ".\n";
  return EX_OK;
}

int Replay(const Common& common, Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(common, terminal.environment);
  if (!config) return Complain(terminal, config.fault());
  const Result<FolderBook> book = ReadGoodBook(common.rules_dir);
  if (!book) return Complain(terminal, book.fault());
  wiring::Config present = *config;
  present.rules_dir = wiring::Config().rules_dir;
  const Result<std::unique_ptr<Client>> client = Client::Connect(present);
  if (!client) return Complain(terminal, client.fault());
  const Result<json::value> report = (*client)->Post("/api/v1/replay", FilesBody(book->files));
  if (!report) return Complain(terminal, report.fault());
  if (common.json) {
    terminal.out << json::serialize(*report) << "\n";
    return EX_OK;
  }
  for (const json::value& row : report->at("changed").as_array()) {
    const json::value& before = row.at("before");
    const json::value& after = row.at("after");
    terminal.out << TextOf(row, "ticket") << "  " << TextOf(before, "move") << " " << Printable(TextOf(before, "team"))
                 << " -> " << TextOf(after, "move") << " " << Printable(TextOf(after, "team")) << "  "
                 << Printable(TextOf(after, "because")) << "\n";
  }
  terminal.out << Printable(TextOf(*report, "summary")) << "\n";
  return EX_OK;
}

}  // namespace

void AddRules(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  CLI::App* rules =
      app.add_subcommand("rules", "Check, test and restore the rules.\nExample: ticket-router rules check rules");
  rules->require_subcommand(1);
  auto common = std::make_shared<Common>();
  auto dir = std::make_shared<std::string>();
  auto number = std::make_shared<int>();
  auto checked = std::make_shared<Common>();
  checked->data_dir.clear();
  CLI::App* check = rules->add_subcommand("check",
                                          "Every mistake in a folder's rules; exit 1 when there is one. With --data "
                                          "also what only the tickets and settings tell.\nExample: ticket-router rules "
                                          "check rules");
  check->add_option("dir", *dir, "the rules folder")->required();
  AddData(*check, *checked);
  check->add_flag("--json", checked->json, "for programs");
  check->callback([=, &terminal, &chosen] { chosen = [=, &terminal] { return Check(*dir, *checked, terminal); }; });
  CLI::App* test = rules->add_subcommand(
      "test", "Run rules.tests.csv; exit 1 when a test fails.\nExample: ticket-router rules test rules");
  test->add_option("dir", *dir, "the rules folder")->required();
  test->add_flag("--json", common->json, "for programs");
  test->callback([=, &terminal, &chosen] { chosen = [=, &terminal] { return Test(*dir, common->json, terminal); }; });
  CLI::App* history = rules->add_subcommand(
      "history", "Every book that was in force.\nExample: ticket-router rules history --data data");
  AddData(*history, *common);
  history->add_flag("--json", common->json, "for programs");
  history->callback(
      [common, &terminal, &chosen] { chosen = [common, &terminal] { return History(*common, terminal); }; });
  CLI::App* restore = rules->add_subcommand("restore",
                                            "Put an earlier version in force again; the folder's files are "
                                            "rewritten.\nExample: ticket-router rules restore 17");
  AddData(*restore, *common);
  restore->add_option("--rules", common->rules_dir, "the rules folder");
  restore->add_option("number", *number, "the version")->required();
  restore->callback([common, number, &terminal, &chosen] {
    chosen = [common, number, &terminal] { return Restore(*common, *number, terminal); };
  });
}

void AddReplay(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  CLI::App* replay = app.add_subcommand("replay",
                                        "What a changed book would have done to the last tickets; nothing "
                                        "changes.\nExample: ticket-router replay --rules draft-rules");
  auto common = std::make_shared<Common>();
  AddData(*replay, *common);
  replay->add_option("--rules", common->rules_dir, "the folder of the changed book")->required();
  replay->add_flag("--json", common->json, "for programs");
  replay->callback(
      [common, &terminal, &chosen] { chosen = [common, &terminal] { return Replay(*common, terminal); }; });
}

}  // namespace tr::cli
