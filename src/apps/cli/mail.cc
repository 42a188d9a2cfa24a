// `mail`: a pipe from an MTA into the gate, whether or not `serve` runs. `mail parse`: what the mail lane makes of it.

#include <sysexits.h>

#include <boost/json.hpp>
#include <memory>
#include <ostream>

#include "cli/commands.h"
#include "intake/automatic.h"
#include "intake/mail_json.h"
#include "intake/mail_lane.h"
#include "intake/mime.h"
#include "wiring/app.h"
#include "wiring/world.h"

namespace tr::cli {
namespace {

constexpr std::string_view kMailHelp =
    "Take one raw mail from standard input. Exit 0: stored and queued (also when it will be held or set aside); "
    "65: above 40 MiB; 75: try again later.\n"
    "Example, in an alias: support: \"|ticket-router mail --data /var/lib/ticket-router\"";

Result<intake::Accepted> Take(std::string raw, const wiring::Config& config) {
  wiring::SystemClock clock;
  wiring::RandomIds ids;
  wiring::JsonLog log(2, LogLevel::kWarning, clock);
  TR_ASSIGN(const std::unique_ptr<wiring::App> app,
            wiring::App::Open(config, {clock, ids, log, wiring::Chance}, wiring::Role::kTool));
  // The people of the sheet are known by the last book in force; without one, nobody is.
  const Result<void> shelf = app->rules().LoadShelf();
  if (!shelf && shelf.fault().kind == FaultKind::kTransient) return shelf.fault();
  const rules::RuleBookPtr book = app->rules().book();
  TR_ASSIGN(intake::Arrival arrival, intake::ReadMail(std::move(raw), app->mail_settings(), book.get()));
  return app->gate().Accept(std::move(arrival));
}

int Mail(const Common& common, Terminal& terminal) {
  const Result<wiring::Config> config = LoadConfig(common, terminal.environment);
  if (!config) {
    // The MTA keeps the mail while somebody mends the settings.
    Complain(terminal, config.fault());
    return EX_TEMPFAIL;
  }
  std::string raw = ReadAll(terminal.in, intake::kMaxMailBytes);
  if (terminal.in.bad()) return Complain(terminal, Transient("standard input broke off; send the mail again"));
  const bool too_large = raw.size() > intake::kMaxMailBytes;
  const Result<intake::Accepted> accepted = Take(std::move(raw), *config);
  if (accepted) return EX_OK;
  Complain(terminal, accepted.fault());
  // Whatever else is wrong is our trouble, not the mail's: the MTA keeps it.
  return too_large ? EX_DATAERR : EX_TEMPFAIL;
}

int Parse(Terminal& terminal) {
  const Result<intake::ParsedMail> mail = intake::ParseMail(ReadAll(terminal.in, intake::kMaxMailBytes));
  if (!mail) return Complain(terminal, mail.fault());
  terminal.out << boost::json::serialize(intake::MailToJson(*mail, intake::Recognise(*mail, {}))) << "\n";
  return EX_OK;
}

}  // namespace

void AddMail(CLI::App& app, Terminal& terminal, Chosen& chosen) {
  CLI::App* mail = app.add_subcommand("mail", std::string(kMailHelp));
  auto common = std::make_shared<Common>();
  AddData(*mail, *common);
  CLI::App* parse = mail->add_subcommand("parse",
                                         "Print what the mail lane makes of a raw mail, as JSON; stores "
                                         "nothing.\nExample: ticket-router mail parse < message.eml");
  mail->callback([&terminal, &chosen, common, parse] {
    if (parse->parsed()) {
      chosen = [&terminal] { return Parse(terminal); };
    } else {
      chosen = [&terminal, common] { return Mail(*common, terminal); };
    }
  });
}

}  // namespace tr::cli
