#include "cli/commands.h"

namespace tr::cli {

void AddDemo(CLI::App&, Terminal&, Chosen&) {}

}  // namespace tr::cli
