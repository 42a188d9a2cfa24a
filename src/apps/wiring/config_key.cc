#include "wiring/config_key.h"

#include <cstdint>

namespace tr::wiring {

Key Text(std::string_view name, std::string& target) {
  return {name, [&target](const toml::node& node) -> std::optional<std::string> {
            const auto value = node.value_exact<std::string>();
            if (!value) return "a text in quotes";
            target = *value;
            return std::nullopt;
          }};
}

Key Hidden(std::string_view name, Secret& target) {
  return {name, [&target](const toml::node& node) -> std::optional<std::string> {
            const auto value = node.value_exact<std::string>();
            if (!value) return "a text in quotes";
            target = Secret(*value);
            return std::nullopt;
          }};
}

Key Number(std::string_view name, int& target, int least, int most) {
  return {name, [&target, least, most](const toml::node& node) -> std::optional<std::string> {
            const auto value = node.value_exact<std::int64_t>();
            if (!value || *value < least || *value > most) {
              return "a number from " + std::to_string(least) + " to " + std::to_string(most);
            }
            target = static_cast<int>(*value);
            return std::nullopt;
          }};
}

Key Money(std::string_view name, double& target) {
  return {name, [&target](const toml::node& node) -> std::optional<std::string> {
            const auto value = node.value<double>();
            if (!node.is_number() || !value || !(*value >= 0 && *value <= 1e6)) return "a number from 0 to 1000000";
            target = *value;
            return std::nullopt;
          }};
}

Key Money(std::string_view name, std::optional<double>& target) {
  return {name, [&target, name](const toml::node& node) -> std::optional<std::string> {
            double value = 0;
            const std::optional<std::string> wanted = Money(name, value).take(node);
            if (!wanted) target = value;
            return wanted;
          }};
}

Key Kind(std::string_view name, ReaderKind& target) {
  return {name, [&target](const toml::node& node) -> std::optional<std::string> {
            const auto value = node.value_exact<std::string>();
            const auto kind = value ? ParseReaderKind(*value) : std::nullopt;
            if (!kind) return R"("embedded", "bedrock", "anthropic", "openai-compatible" or "cascade")";
            target = *kind;
            return std::nullopt;
          }};
}

Key Flag(std::string_view name, bool& target) {
  return {name, [&target](const toml::node& node) -> std::optional<std::string> {
            const auto value = node.value_exact<bool>();
            if (!value) return "true or false";
            target = *value;
            return std::nullopt;
          }};
}

Key Texts(std::string_view name, std::vector<std::string>& target) {
  return {name, [&target](const toml::node& node) -> std::optional<std::string> {
            const toml::array* list = node.as_array();
            std::vector<std::string> texts;
            if (list != nullptr) {
              for (const toml::node& one : *list) {
                const auto value = one.value_exact<std::string>();
                if (value) texts.push_back(*value);
              }
            }
            if (list == nullptr || texts.size() != list->size()) return "a list of texts: [\"one\", \"two\"]";
            target = std::move(texts);
            return std::nullopt;
          }};
}

Key Encoding(std::string_view name, channels::SignatureEncoding& target) {
  return {name, [&target](const toml::node& node) -> std::optional<std::string> {
            const auto value = node.value_exact<std::string>();
            if (value == "hex") {
              target = channels::SignatureEncoding::kHex;
            } else if (value == "base64") {
              target = channels::SignatureEncoding::kBase64;
            } else {
              return "\"hex\" or \"base64\"";
            }
            return std::nullopt;
          }};
}

Key Tls(std::string_view name, local::SmtpTls& target) {
  return {name, [&target](const toml::node& node) -> std::optional<std::string> {
            const auto value = node.value_exact<std::string>();
            if (value == "none") {
              target = local::SmtpTls::kNone;
            } else if (value == "starttls") {
              target = local::SmtpTls::kStartTls;
            } else if (value == "tls") {
              target = local::SmtpTls::kTls;
            } else {
              return "\"none\", \"starttls\" or \"tls\"";
            }
            return std::nullopt;
          }};
}

Key Hash(std::string_view name, channels::SignatureHash& target) {
  return {name, [&target](const toml::node& node) -> std::optional<std::string> {
            const auto value = node.value_exact<std::string>();
            if (value == "sha256") {
              target = channels::SignatureHash::kSha256;
            } else if (value == "sha1") {
              target = channels::SignatureHash::kSha1;
            } else {
              return "\"sha256\" or \"sha1\"";
            }
            return std::nullopt;
          }};
}

// The preset's settings are in the scheme before any key is read.
Key Preset(std::string_view name, intake::ChatPreset& target) {
  return {name, [&target](const toml::node& node) -> std::optional<std::string> {
            const auto preset = intake::ParseChatPreset(node.value_exact<std::string>().value_or(""));
            if (!preset) return "\"generic\", \"tawk\", \"intercom\" or \"zendesk\"";
            target = *preset;
            return std::nullopt;
          }};
}

}  // namespace tr::wiring
