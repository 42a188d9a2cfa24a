#pragma once
// The kinds of values that a setting takes. Internal to wiring/.

#include <toml++/toml.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wiring/config.h"

namespace tr::wiring {

// One key: where it stands and what takes its value. `take` answers what the key takes when the value does not fit.
struct Key {
  std::string_view name;
  std::function<std::optional<std::string>(const toml::node&)> take;
};

// Each keeps a reference to its target.
Key Text(std::string_view name, std::string& target);
Key Hidden(std::string_view name, Secret& target);
Key Number(std::string_view name, int& target, int least, int most);
Key Money(std::string_view name, double& target);
Key Money(std::string_view name, std::optional<double>& target);
Key Kind(std::string_view name, ReaderKind& target);
Key Flag(std::string_view name, bool& target);
Key Texts(std::string_view name, std::vector<std::string>& target);
Key Encoding(std::string_view name, channels::SignatureEncoding& target);
Key Tls(std::string_view name, local::SmtpTls& target);
Key Hash(std::string_view name, channels::SignatureHash& target);
// The preset's settings are in the scheme before any key is read.
Key Preset(std::string_view name, intake::ChatPreset& target);

}  // namespace tr::wiring
