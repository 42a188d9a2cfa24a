#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

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
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    if (equals != text.npos) environment.variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  environment.form_secret = FromEnvironment("TR_FORM_SECRET");
  environment.model_key = FromEnvironment("TR_MODEL_KEY");
  environment.slack_token = FromEnvironment("TR_SLACK_BOT_TOKEN");
  environment.slack_signing_secret = FromEnvironment("TR_SLACK_SIGNING_SECRET");
  environment.smtp_password = FromEnvironment("TR_SMTP_PASSWORD");
  tr::cli::Terminal terminal{std::cin, std::cout, std::cerr, environment, isatty(1) == 1};
  return tr::cli::Run({argv + 1, argv + argc}, terminal);
}
