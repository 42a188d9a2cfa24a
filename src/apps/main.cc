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
  tr::wiring::Environment environment;
  environment.form_secret = FromEnvironment("TR_FORM_SECRET");
  environment.slack_token = FromEnvironment("TR_SLACK_BOT_TOKEN");
  environment.slack_signing_secret = FromEnvironment("TR_SLACK_SIGNING_SECRET");
  environment.smtp_password = FromEnvironment("TR_SMTP_PASSWORD");
  tr::cli::Terminal terminal{std::cin, std::cout, std::cerr, environment, isatty(1) == 1};
  return tr::cli::Run({argv + 1, argv + argc}, terminal);
}
