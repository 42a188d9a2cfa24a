#include "aws/credentials.h"

#include <utility>

#include "aws/metadata_credentials.h"
#include "aws/profile.h"

namespace tr::aws {
namespace {

constexpr Duration kEarly = std::chrono::minutes(5);
constexpr Duration kPause = std::chrono::minutes(1);  // after a refresh that failed while the old keys are still good

bool SameKeys(const Credentials& a, const Credentials& b) {
  return a.access_key_id == b.access_key_id && a.session_token.Reveal() == b.session_token.Reveal();
}

std::optional<Credentials> FromVariables(const Environment& environment) {
  Credentials credentials{std::string(Variable(environment, "AWS_ACCESS_KEY_ID")),
                          Secret(std::string(Variable(environment, "AWS_SECRET_ACCESS_KEY"))),
                          Secret(std::string(Variable(environment, "AWS_SESSION_TOKEN"))), std::nullopt};
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty()) return std::nullopt;
  return credentials;
}

}  // namespace

CredentialChain::CredentialChain(Environment environment, const Clock& clock)
    : environment_(std::move(environment)), clock_(clock) {}

Result<Credentials> CredentialChain::Get() {
  std::lock_guard lock(mutex_);
  const Time now = clock_.Now();
  if (kept_ && (!kept_->expires || now < ask_again_)) return *kept_;
  Result<Credentials> fetched = Fetch();
  if (fetched.ok()) {
    had_keys_ = true;
    kept_ = *fetched;
    if (kept_->expires) ask_again_ = *kept_->expires - kEarly;
    return fetched;
  }
  if (!kept_ || *kept_->expires <= now) return WhyNone(fetched.fault());
  ask_again_ = now + kPause;
  return *kept_;
}

// Where there once were keys, their source does not answer just now: nobody has to mend the settings.
Fault CredentialChain::WhyNone(Fault fault) const {
  if (had_keys_) fault.kind = FaultKind::kTransient;
  return fault;
}

void CredentialChain::Forget(const Credentials& credentials) {
  std::lock_guard lock(mutex_);
  if (kept_ && SameKeys(*kept_, credentials)) kept_.reset();
}

Result<Credentials> CredentialChain::Fetch() const {
  if (std::optional<Credentials> keys = FromVariables(environment_)) return *std::move(keys);
  TR_ASSIGN(std::optional<Credentials> profile, CredentialsOfProfile(environment_));
  if (profile) return *std::move(profile);
  if (HasContainerEndpoint(environment_)) return ContainerCredentials(environment_);
  if (Variable(environment_, "AWS_EC2_METADATA_DISABLED") != "true") {
    Result<Credentials> machine = MachineCredentials(environment_);
    if (machine.ok() || machine.fault().kind == FaultKind::kTransient) return machine;
  }
  return Permanent(
      "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give this machine, "
      "container or function a role");
}

}  // namespace tr::aws
