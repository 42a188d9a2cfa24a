#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "cli/commands.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const char* secret = std::getenv("TR_FORM_SECRET");
  tr::cli::Terminal terminal{std::cin, std::cout, std::cerr, {secret != nullptr ? secret : ""}, isatty(1) == 1};
  return tr::cli::Run({argv + 1, argv + argc}, terminal);
}
