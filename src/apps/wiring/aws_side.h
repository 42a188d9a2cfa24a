#pragma once
// Who we are at AWS: what every client of this process signs by.

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "aws/aws_client.h"
#include "aws/credentials.h"
#include "aws/environment.h"
#include "base/clock.h"
#include "base/result.h"

namespace tr::wiring {

struct AwsSide {
  // kInvalid: the environment names no region. `clock` outlives it.
  // `wait_again`: aws::Account's.
  static Result<std::unique_ptr<AwsSide>> Make(const aws::Environment& environment, const Clock& clock,
                                               std::function<bool(int)> wait_again = {}) {
    TR_ASSIGN(std::string region, aws::RegionOf(environment));
    return std::make_unique<AwsSide>(environment, std::move(region), clock, std::move(wait_again));
  }
  AwsSide(const aws::Environment& environment, std::string region, const Clock& clock,
          std::function<bool(int)> wait_again)
      : credentials(environment, clock),
        account{std::move(region), environment, credentials, clock, tally, std::move(wait_again)} {}

  aws::CallTally tally;
  aws::CredentialChain credentials;
  const aws::Account account;
};

}  // namespace tr::wiring
