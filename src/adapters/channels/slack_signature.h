#pragma once
// Slack's request signature, version v0: HMAC-SHA256 of "v0:TIMESTAMP:BODY" (docs.slack.dev, Verifying requests).

#include <string_view>

#include "base/clock.h"
#include "base/redact.h"

namespace tr::channels {

// `timestamp` and `signature` as the headers X-Slack-Request-Timestamp and X-Slack-Signature stand, `body` as it came.
// False without a secret, for a timestamp that is no decimal number or more than five minutes from now, either way.
bool VerifySlackSignature(const Secret& secret, std::string_view timestamp, std::string_view signature,
                          std::string_view body, Time now);

}  // namespace tr::channels
