#pragma once
// Whose keys sign: the places where AWS puts them, in the order in which every AWS SDK looks.

#include <mutex>
#include <optional>

#include "aws/environment.h"
#include "aws/sigv4.h"
#include "base/result.h"

namespace tr::aws {

class CredentialSource {
 public:
  virtual ~CredentialSource() = default;
  // Keys that are good now. Thread-safe. kTransient: the service that gives them, or that once gave some, does not
  // answer; kPermanent: there are none, or they cannot be read; says what to set.
  virtual Result<Credentials> Get() = 0;
  // A service says that these have run out: the next Get asks anew.
  virtual void Forget(const Credentials& credentials) = 0;
};

// The first of these that is there:
//   AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN;
//   the profile AWS_PROFILE (or "default") of ~/.aws/credentials, then of ~/.aws/config;
//   the container's endpoint, AWS_CONTAINER_CREDENTIALS_FULL_URI or _RELATIVE_URI;
//   the machine's role from the instance metadata service, version 2.
// Keys that run out are asked for again five minutes before, and used to their end where that fails.
class CredentialChain final : public CredentialSource {
 public:
  // `clock` outlives it.
  CredentialChain(Environment environment, const Clock& clock);

  Result<Credentials> Get() override;
  void Forget(const Credentials& credentials) override;

 private:
  Result<Credentials> Fetch() const;
  Fault WhyNone(Fault fault) const;

  const Environment environment_;
  const Clock& clock_;
  std::mutex mutex_;
  std::optional<Credentials> kept_;
  Time ask_again_{};  // of keys that run out
  bool had_keys_ = false;
};

}  // namespace tr::aws
