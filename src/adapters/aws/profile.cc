#include "aws/profile.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/text.h"

namespace tr::aws {
namespace {

constexpr std::size_t kMaxFile = 1024 * 1024;

std::string PathOf(const Environment& environment, std::string_view variable, std::string_view file) {
  if (const std::string_view path = Variable(environment, variable); !path.empty()) return std::string(path);
  const std::string_view home = Variable(environment, "HOME");
  return home.empty() ? "" : std::string(home) + "/.aws/" + std::string(file);
}

// "" for a file that is not there.
std::string ReadSmallFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMaxFile, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

std::string ProfileName(const Environment& environment) {
  const std::string_view name = Variable(environment, "AWS_PROFILE");
  return name.empty() ? "default" : std::string(name);
}

std::optional<ProfileFields> FromCredentialsFile(const Environment& environment, const std::string& name) {
  return FindSection(ReadSmallFile(PathOf(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials")), name);
}

// There a section is called [profile NAME], but for the default one.
std::optional<ProfileFields> FromConfigFile(const Environment& environment, const std::string& name) {
  const std::string text = ReadSmallFile(PathOf(environment, "AWS_CONFIG_FILE", "config"));
  return FindSection(text, name == "default" ? name : "profile " + name);
}

std::string Field(const ProfileFields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? "" : found->second;
}

std::optional<Credentials> KeysOf(const std::optional<ProfileFields>& fields) {
  if (!fields) return std::nullopt;
  Credentials keys{Field(*fields, "aws_access_key_id"), Secret(Field(*fields, "aws_secret_access_key")),
                   Secret(Field(*fields, "aws_session_token")), std::nullopt};
  if (keys.access_key_id.empty() || keys.secret_access_key.empty()) return std::nullopt;
  return keys;
}

// Assumes a role, runs a program or signs on by SSO, none of which is done here.
bool GetsKeysElsewhere(const std::optional<ProfileFields>& fields) {
  return fields && std::any_of(fields->begin(), fields->end(), [](const auto& field) {
           return field.first == "role_arn" || field.first == "credential_process" || field.first.starts_with("sso_");
         });
}

}  // namespace

std::optional<ProfileFields> FindSection(std::string_view text, std::string_view name) {
  std::optional<ProfileFields> fields;
  bool inside = false;
  for (const std::string_view raw : SplitText(text, '\n')) {
    const std::string_view line = Trim(raw);
    if (line.starts_with('[')) {
      inside = Squeeze(line.substr(1, line.find(']') - 1)) == name;
      if (inside && !fields) fields.emplace();
    }
    const std::size_t equals = line.find('=');
    if (!inside || equals == line.npos || line.starts_with('#') || line.starts_with(';')) continue;
    fields->insert_or_assign(ToLowerAscii(Trim(line.substr(0, equals))), std::string(Trim(line.substr(equals + 1))));
  }
  return fields;
}

Result<std::optional<Credentials>> CredentialsOfProfile(const Environment& environment) {
  const std::string name = ProfileName(environment);
  const std::optional<ProfileFields> credentials = FromCredentialsFile(environment, name);
  if (std::optional<Credentials> keys = KeysOf(credentials)) return keys;
  const std::optional<ProfileFields> config = FromConfigFile(environment, name);
  if (std::optional<Credentials> keys = KeysOf(config)) return keys;
  const bool named = !Variable(environment, "AWS_PROFILE").empty();
  if (!named && !GetsKeysElsewhere(credentials) && !GetsKeysElsewhere(config)) return std::optional<Credentials>();
  if (!credentials && !config) return Permanent("AWS_PROFILE names the profile \"" + name + "\", which is in no file");
  return Permanent(
      "the AWS profile \"" + name +
      "\" holds no keys of its own: `aws configure export-credentials --format env` prints the ones to set");
}

std::string RegionOfProfile(const Environment& environment) {
  const std::string name = ProfileName(environment);
  for (const auto& fields : {FromConfigFile(environment, name), FromCredentialsFile(environment, name)}) {
    if (fields && !Field(*fields, "region").empty()) return Field(*fields, "region");
  }
  return "";
}

}  // namespace tr::aws
