#pragma once
// The files that `aws configure` writes: ~/.aws/credentials and ~/.aws/config.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "aws/environment.h"
#include "aws/sigv4.h"
#include "base/result.h"

namespace tr::aws {

using ProfileFields = std::map<std::string, std::string, std::less<>>;

// The fields of the section [name]; nothing when the text has none. Lines that are no field are passed over.
std::optional<ProfileFields> FindSection(std::string_view text, std::string_view name);

// Keys of the profile AWS_PROFILE, or of "default"; AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE name other files.
// Nothing: AWS_PROFILE is not set, and "default" is in no file or says nothing about keys. kPermanent: AWS_PROFILE
// names a profile that is not there or has no keys; or the keys must be fetched from elsewhere (role_arn, SSO,
// credential_process).
Result<std::optional<Credentials>> CredentialsOfProfile(const Environment& environment);

// The profile's region; "" when there is none.
std::string RegionOfProfile(const Environment& environment);

}  // namespace tr::aws
