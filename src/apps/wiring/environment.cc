#include "wiring/environment.h"

#include <string_view>

namespace tr::wiring {

Environment ReadEnvironment(const char* const* entries) {
  Environment environment;
  for (; *entries != nullptr; ++entries) {
    const std::string_view text(*entries);
    const std::size_t equals = text.find('=');
    if (equals != text.npos) environment.variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  const auto take = [&](const char* name, std::string& target) {
    const auto found = environment.variables.find(name);
    if (found != environment.variables.end()) target = found->second;
  };
  take("TR_FORM_SECRET", environment.form_secret);
  take("TR_SMTP_PASSWORD", environment.smtp_password);
  take("TR_SLACK_BOT_TOKEN", environment.slack_token);
  take("TR_SLACK_SIGNING_SECRET", environment.slack_signing_secret);
  take("TR_MODEL_KEY", environment.model_key);
  return environment;
}

}  // namespace tr::wiring
