// `examples`, `digest`, `doctor`, `redrive`, `token`, `forget`: operating.

#include <sysexits.h>

#include <boost/json.hpp>
#include <memory>
#include <ostream>
#include <set>
#include <utility>

#include "cli/client.h"
#include "cli/commands.h"
#include "cli/doctor.h"
#include "net/http_encoding.h"
#include "wiring/world.h"

namespace tr::cli {
namespace {

namespace json = boost::json;

struct OperateOptions {
  Common common;
  std::string word;  // an id or an address
  bool all = false;
  bool yes = false;
  std::string person, role = "agent", label;
};

using Work = Result<json::value> (*)(const OperateOptions& options, Client& client);

int With(const OperateOptions& options, Work work, Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(options.common, terminal.environment);
  if (!config) return Complain(terminal, config.fault());
  const Result<std::unique_ptr<Client>> client = Client::Connect(*config);
  if (!client) return Complain(terminal, client.fault());
  const Result<json::value> answer = work(options, **client);
  if (!answer) return Complain(terminal, answer.fault());
  const json::value* text = answer->is_object() ? answer->as_object().if_contains("text") : nullptr;
  if (!options.common.json && text != nullptr && text->is_string()) {
    terminal.out << Printable(std::string_view(text->as_string())) << "\n";
  } else {
    terminal.out << Printable(json::serialize(*answer)) << "\n";
  }
  return EX_OK;
}

Result<json::value> Examples(const OperateOptions&, Client& client) {
  json::array all;
  std::string cursor;
  while (true) {
    TR_ASSIGN(const json::value page, client.Get("/api/v1/examples?limit=200&cursor=" + net::PercentEncode(cursor)));
    const json::array& rows = page.at("examples").as_array();
    all.insert(all.end(), rows.begin(), rows.end());
    const std::string next(page.at("next").as_string());
    if (next == cursor) return json::value(json::object{{"examples", std::move(all)}});
    cursor = next;
  }
}

Result<json::value> Digest(const OperateOptions&, Client& client) {
  return client.Post("/api/v1/digest", json::object());
}

Result<json::value> RedriveOne(Client& client, const std::string& id) {
  return client.Post("/api/v1/dead-letters/" + net::PercentEncode(id) + "/redrive", json::object());
}

// The API shows some at a time: until there are none but what died again meanwhile.
Result<json::value> RedriveAll(Client& client) {
  const std::string begun = FormatTime(wiring::SystemClock().Now());
  std::set<std::string, std::less<>> seen;
  std::int64_t redriven = 0;
  while (true) {
    TR_ASSIGN(const json::value letters, client.Get("/api/v1/dead-letters"));
    const std::size_t seen_before = seen.size();
    for (const json::value& letter : letters.at("dead_letters").as_array()) {
      const std::string id(letter.at("id").as_string());
      const std::string buried_at(letter.at("buried_at").as_string());
      if (buried_at > begun || !seen.insert(id).second) continue;
      const Result<json::value> done = RedriveOne(client, id);
      if (done) ++redriven;
      if (!done && done.fault().kind != FaultKind::kNotFound) return done.fault();  // else somebody else was faster
    }
    if (seen.size() == seen_before) return json::value(json::object{{"redriven", redriven}});
  }
}

Result<json::value> Redrive(const OperateOptions& options, Client& client) {
  return options.all ? RedriveAll(client) : RedriveOne(client, options.word);
}

Result<json::value> Letters(const OperateOptions&, Client& client) { return client.Get("/api/v1/dead-letters"); }

Result<json::value> Forget(const OperateOptions& options, Client& client) {
  if (!options.yes) return Invalid("this erases the customer's words for good; add --yes to do it");
  return client.Post("/api/v1/forget", json::object{{"address", options.word}});
}

Result<json::value> MakeToken(const OperateOptions& options, Client& client) {
  return client.Post("/api/v1/tokens",
                     json::object{{"person", options.person}, {"role", options.role}, {"label", options.label}});
}

Result<json::value> ListTokens(const OperateOptions&, Client& client) { return client.Get("/api/v1/tokens"); }

Result<json::value> RemoveToken(const OperateOptions& options, Client& client) {
  TR_ASSIGN(Client::Reply reply,
            client.Ask("DELETE", "/api/v1/tokens/" + net::PercentEncode(options.word), nullptr, "", ""));
  return BodyOf(std::move(reply));
}

// Deliveries are counted by each process for itself.
constexpr std::string_view kNotSeen =
    "Not seen from here: deliveries that failed before the last start, or in another process; a log line "
    "delivery_failed tells of each.";

// What is wrong, one line each with what to do; nothing when all is well.
std::vector<std::string> Findings(const wiring::Config& config) {
  Examined examined{config, nullptr, {}};
  for (const Check& check : Checks()) check.examine(examined);
  return std::move(examined.found);
}

int Doctor(const OperateOptions& options, Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(options.common, terminal.environment);
  if (!config) return Complain(terminal, config.fault());
  const std::vector<std::string> found = Findings(*config);
  if (options.common.json) {
    json::array lines;
    for (const std::string& line : found) lines.push_back(json::value(line));
    terminal.out << json::serialize(json::object{{"findings", std::move(lines)}, {"not_seen", kNotSeen}}) << "\n";
  } else {
    for (const std::string& line : found) terminal.out << Printable(line) << "\n";
    if (found.empty()) terminal.out << "Everything is in order.\n";
    terminal.out << kNotSeen << "\n";
  }
  return found.empty() ? EX_OK : 1;
}

}  // namespace

void AddOperate(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  auto options = std::make_shared<OperateOptions>();
  const auto add = [&](CLI::App& parent, const char* name, const char* help, Work work) {
    CLI::App* command = parent.add_subcommand(name, help);
    AddData(*command, options->common);
    command->add_flag("--json", options->common.json, "for programs");
    command->callback([=, &terminal, &chosen] { chosen = [=, &terminal] { return With(*options, work, terminal); }; });
    return command;
  };
  add(app, "examples", "What the router learned from corrections.\nExample: ticket-router examples --json", Examples);
  add(app, "digest", "Make the week's digest now, print it and send it to triage.\nExample: ticket-router digest",
      Digest);
  CLI::App* forget =
      add(app, "forget", "Erase a customer everywhere.\nExample: ticket-router forget kim@mail.example --yes", Forget);
  forget->add_option("address", options->word, "the customer's address")->required();
  forget->add_flag("--yes", options->yes, "really");
  CLI::App* redrive = app.add_subcommand("redrive", "Work dead letters again.\nExample: ticket-router redrive --all");
  AddData(*redrive, options->common);
  auto list = std::make_shared<bool>();
  redrive->add_option("id", options->word, "a dead letter's id");
  redrive->add_flag("--all", options->all, "all of them");
  redrive->add_flag("--list", *list, "only show them");
  redrive->callback([=, &terminal, &chosen] {
    chosen = [=, &terminal] { return With(*options, *list ? Letters : Redrive, terminal); };
  });
  CLI::App* token = app.add_subcommand(
      "token",
      "Let people and programs in.\nExample: ticket-router token create --person dana@shop.example --role lead");
  token->require_subcommand(1);
  CLI::App* create =
      add(*token, "create",
          "Make a token; it is shown once.\nExample: ticket-router token create --person dana@shop.example", MakeToken);
  create->add_option("--person", options->person, "whose")->required();
  create->add_option("--role", options->role, "admin, lead, agent or viewer")->capture_default_str();
  create->add_option("--label", options->label, "what for");
  add(*token, "list", "Every token's id, person and role.\nExample: ticket-router token list", ListTokens);
  CLI::App* remove =
      add(*token, "remove", "A token lets nobody in any more.\nExample: ticket-router token remove 3f2a9c0b1d4e",
          RemoveToken);
  remove->add_option("id", options->word, "the token's id")->required();
  CLI::App* doctor = app.add_subcommand(
      "doctor", "What is wrong here and what to do; exit 1 when something is.\nExample: ticket-router doctor");
  AddData(*doctor, options->common);
  doctor->add_option("--rules", options->common.rules_dir, "the rules folder");
  doctor->add_flag("--json", options->common.json, "for programs");
  doctor->callback([=, &terminal, &chosen] { chosen = [=, &terminal] { return Doctor(*options, terminal); }; });
}

}  // namespace tr::cli
