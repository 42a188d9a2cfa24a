#pragma once
// In: arguments, standard input, the environment. Out: an exit code as in sysexits.h. Never: a decision. Start at: Run.
// One file a command, or a small family of them.

#include <CLI/CLI.hpp>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "base/result.h"
#include "wiring/config.h"

namespace tr::cli {

// What a program may touch; tests hand in their own.
struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  wiring::Environment environment;
  bool is_tty = false;  // out is one: colours and keys
};

// Set by the command that was chosen; called after parsing.
using Chosen = std::function<int()>;

// Options that several commands share.
struct Common {
  std::string data_dir = "data";
  std::string rules_dir;
  std::string config_file;
  std::string listen;
  bool json = false;
};

// --data, --config. The config as the options and the file say together; options win.
void AddData(CLI::App& command, Common& common);
Result<wiring::Config> LoadConfig(const Common& common, const wiring::Environment& environment);

// "ticket-router: what is wrong; what to do" on err; returns the fault's exit code.
int Complain(Terminal& terminal, const Fault& fault);
int ExitCodeOf(FaultKind kind);

// Everything on standard input, at most `limit` + 1 bytes.
std::string ReadAll(std::istream& in, std::size_t limit);

// A customer's words on their way to a terminal: control characters become U+FFFD, so that no escape sequence works.
std::string Printable(std::string_view text);

void AddServe(CLI::App& app, Terminal& terminal, Chosen& chosen);
void AddDemo(CLI::App& app, Terminal& terminal, Chosen& chosen);
void AddMail(CLI::App& app, Terminal& terminal, Chosen& chosen);
void AddExplain(CLI::App& app, Terminal& terminal, Chosen& chosen);
void AddRules(CLI::App& app, Terminal& terminal, Chosen& chosen);
void AddReplay(CLI::App& app, Terminal& terminal, Chosen& chosen);
void AddEval(CLI::App& app, Terminal& terminal, Chosen& chosen);
void AddTickets(CLI::App& app, Terminal& terminal, Chosen& chosen);
void AddActions(CLI::App& app, Terminal& terminal, Chosen& chosen);
void AddCarry(CLI::App& app, Terminal& terminal, Chosen& chosen);
void AddCost(CLI::App& app, Terminal& terminal, Chosen& chosen);
void AddDrive(CLI::App& app, Terminal& terminal, Chosen& chosen);
void AddOperate(CLI::App& app, Terminal& terminal, Chosen& chosen);

// The whole command line. `arguments` without the program's name.
int Run(const std::vector<std::string>& arguments, Terminal& terminal);

}  // namespace tr::cli
