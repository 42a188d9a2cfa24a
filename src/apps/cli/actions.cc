// `reassign`, `bump`, `split`, `merge`, `take`, `release`, `done`, `undo`, `restore`: working a ticket.

#include <sysexits.h>

#include <boost/json.hpp>
#include <memory>
#include <ostream>

#include "cli/client.h"
#include "cli/commands.h"
#include "local/secret_file.h"
#include "net/http_encoding.h"

namespace tr::cli {
namespace {

namespace json = boost::json;

struct ActionOptions {
  Common common;
  std::string id;
  std::string topic, team, person;
  std::string urgency, reason;
  std::vector<std::string> parts;  // "TOPIC=TEXT"
  std::string into;
  bool confirm = false;
};

Result<json::value> BodyFor(const std::string& action, const ActionOptions& options) {
  json::object body;
  if (action == "reassign") {
    body = {{"topic", options.topic}, {"team", options.team}, {"person", options.person}};
  } else if (action == "bump") {
    body = {{"urgency", options.urgency}, {"reason", options.reason}};
  } else if (action == "merge") {
    body = {{"into", options.into}, {"confirm", options.confirm}};
  } else if (action == "split") {
    json::array parts;
    for (const std::string& part : options.parts) {
      const std::size_t equals = part.find('=');
      if (equals == std::string::npos) return Invalid("write each part as TOPIC=TEXT");
      parts.push_back({{"topic", part.substr(0, equals)}, {"text", part.substr(equals + 1)}});
    }
    body["parts"] = std::move(parts);
  }
  return json::value(std::move(body));
}

// On the version that stands now: on the command line nobody looks at an old one.
Result<json::value> Act(const std::string& action, const ActionOptions& options, const wiring::Config& config) {
  TR_ASSIGN(const json::value body, BodyFor(action, options));
  TR_ASSIGN(const std::unique_ptr<Client> client, Client::Connect(config));
  const std::string target = "/api/v1/tickets/" + net::PercentEncode(options.id);
  TR_ASSIGN(const json::value ticket, client->Get(target));
  TR_ASSIGN(const std::string key, local::RandomHex());
  const std::string version = "\"" + std::to_string(ticket.at("version").as_int64()) + "\"";
  TR_ASSIGN(Client::Reply reply, client->Ask("POST", target + "/" + action, body, version, key));
  return BodyOf(std::move(reply));
}

int Perform(const std::string& action, const ActionOptions& options, Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(options.common, terminal.environment);
  if (!config) return Complain(terminal, config.fault());
  const Result<json::value> ticket = Act(action, options, *config);
  if (!ticket) return Complain(terminal, ticket.fault());
  if (options.common.json) {
    terminal.out << json::serialize(*ticket) << "\n";
    return EX_OK;
  }
  const auto text = [&ticket](const char* name) { return Printable(std::string_view(ticket->at(name).as_string())); };
  terminal.out << text("id") << " is " << text("state") << " with " << text("team") << " " << text("person") << ", "
               << text("move") << ", rank " << text("rank") << "\n";
  return EX_OK;
}

}  // namespace

void AddActions(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  auto options = std::make_shared<ActionOptions>();
  const auto add = [&](const std::string& name, const std::string& help) {
    CLI::App* command = app.add_subcommand(name, help);
    AddData(*command, options->common);
    command->add_option("id", options->id, "the ticket's id")->required();
    command->add_flag("--json", options->common.json, "for programs");
    command->callback(
        [=, &terminal, &chosen] { chosen = [=, &terminal] { return Perform(name, *options, terminal); }; });
    return command;
  };
  CLI::App* reassign =
      add("reassign",
          "Send a ticket elsewhere; the router learns from it.\nExample: ticket-router reassign 01J… --topic refund");
  reassign->add_option("--topic", options->topic, "a topic of the sheet: its team gets the ticket");
  reassign->add_option("--team", options->team, "a team of the sheet");
  reassign->add_option("--person", options->person, "an address of the sheet");
  CLI::App* bump =
      add("bump",
          "Set a ticket's urgency.\nExample: ticket-router bump 01J… --urgency high --reason 'fair opens tomorrow'");
  bump->add_option("--urgency", options->urgency, "low, medium or high")->required();
  bump->add_option("--reason", options->reason, "for the receipt");
  CLI::App* split = add("split",
                        "Split a ticket of several matters.\nExample: ticket-router split 01J… --part 'refund=Send my "
                        "money back' --part 'login=I cannot log in'");
  split->add_option("--part", options->parts, "TOPIC=TEXT, two to five times")->required();
  CLI::App* merge =
      add("merge", "End a ticket in another of the same customer.\nExample: ticket-router merge 01J… --into 01K…");
  merge->add_option("--into", options->into, "the other ticket's id")->required();
  merge->add_flag("--confirm", options->confirm, "although the customers differ");
  add("take", "Take a ticket.\nExample: ticket-router take 01J…");
  add("release", "Give a ticket back to its queue.\nExample: ticket-router release 01J…");
  add("done", "A ticket is finished.\nExample: ticket-router done 01J…");
  add("undo", "Take back the latest correction.\nExample: ticket-router undo 01J…");
  add("restore", "Make a ticket of what was set aside.\nExample: ticket-router restore 01J…");
}

}  // namespace tr::cli
