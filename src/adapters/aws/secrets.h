#pragma once
// The program's secrets: one JSON object in Secrets Manager, asked for rarely.

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "aws/aws_client.h"
#include "base/clock.h"
#include "base/redact.h"

namespace tr::aws {

// One secret holds all, {"slack_token":"…","form_secret":"…"}, because each costs by the month. Thread-safe.
class Secrets {
 public:
  // `id`: the secret's name or ARN. What it is given outlives it.
  Secrets(AwsClient& secrets_manager, std::string id, const Clock& clock)
      : client_(secrets_manager), id_(std::move(id)), clock_(clock) {}

  // One member. Asked for again after five minutes; where that fails, the last answer stays. kNotFound: the secret has
  // no such member; kPermanent: there is no such secret, it may not be read, or it is no JSON object of texts.
  Result<Secret> Get(std::string_view name);

  // Somebody was refused with what Get gave: the next Get asks anew, so that a secret changed by hand is taken at once.
  void Forget();

 private:
  using Members = std::map<std::string, Secret, std::less<>>;
  Result<Members> Fetch();

  AwsClient& client_;
  const std::string id_;
  const Clock& clock_;
  std::mutex mutex_;
  std::optional<Members> members_;
  Time ask_again_{};
};

}  // namespace tr::aws
