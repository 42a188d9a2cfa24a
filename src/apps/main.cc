#include <unistd.h>

#include <iostream>

#include "cli/commands.h"
#include "wiring/environment.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  tr::cli::Terminal terminal{std::cin, std::cout, std::cerr, tr::wiring::ReadEnvironment(environ), isatty(1) == 1};
  return tr::cli::Run({argv + 1, argv + argc}, terminal);
}
