#pragma once
// Mail by SES version 2, which takes the whole message as the mailer wrote it.

#include <string>

#include "aws/aws_client.h"
#include "channels/mailer.h"

namespace tr::aws {

class SesMailer final : public channels::MailTransport {
 public:
  // What it is given outlives it.
  SesMailer(AwsClient& ses, const Clock& clock) : ses_(ses), clock_(clock) {}

  // Gives the Message-ID that SES sets in place of ours. kPermanent: SES refuses this message (or, in its sandbox, this
  // recipient); whatever else refuses us (no right, a sender that is not verified, a quota, sending paused) is
  // kTransient, because it is nothing about this mail and an operator mends it. kInvalid: no plain address.
  Result<std::string> Send(const std::string& from, const std::string& to, const std::string& raw,
                           const Call& call) override;

 private:
  AwsClient& ses_;
  const Clock& clock_;
};

}  // namespace tr::aws
