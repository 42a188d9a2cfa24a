#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "cli/commands.h"

namespace {

std::string FromEnvironment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const tr::wiring::Environment environment{FromEnvironment("TR_FORM_SECRET"), FromEnvironment("TR_SMTP_PASSWORD")};
  tr::cli::Terminal terminal{std::cin, std::cout, std::cerr, environment, isatty(1) == 1};
  return tr::cli::Run({argv + 1, argv + argc}, terminal);
}
