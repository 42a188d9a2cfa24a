#include "channels/slack_signature.h"

#include <string>

#include "channels/webhook_signature.h"

namespace tr::channels {

bool VerifySlackSignature(const Secret& secret, std::string_view timestamp, std::string_view signature,
                          std::string_view body, Time now) {
  WebhookScheme scheme;
  scheme.secret = secret;
  scheme.header = "X-Slack-Signature";
  scheme.prefix = "v0=";
  scheme.signed_text = "v0:{timestamp}:{body}";
  scheme.timestamp_header = "X-Slack-Request-Timestamp";
  net::HttpRequest request;
  request.headers.Set(scheme.header, std::string(signature));
  request.headers.Set(scheme.timestamp_header, std::string(timestamp));
  request.body = body;
  return VerifyWebhook(scheme, request, now);
}

}  // namespace tr::channels
