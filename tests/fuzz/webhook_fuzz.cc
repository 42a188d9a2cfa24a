// Any bytes as a webhook's body: none pass for signed ones. The first line of the input is the signature, the second
// the timestamp. What is read of a signed one: chat_fuzz.cc and click_fuzz.cc.

#include <string>

#include "channels/slack_signature.h"
#include "channels/webhook_signature.h"
#include "fuzz_target.h"

namespace {

std::string_view TakeLine(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

void RequireUnsigned(std::string_view signature, std::string_view timestamp, std::string_view body) {
  const tr::Secret secret("no input knows this one");
  const tr::Time now{tr::Duration(1'772'442'000'000)};
  tr::fuzz::Require(!tr::channels::VerifySlackSignature(secret, timestamp, signature, body, now));
  tr::net::HttpRequest request;
  request.headers = {{"X-Signature", std::string(signature)}, {"X-Timestamp", std::string(timestamp)}};
  request.body = body;
  tr::channels::WebhookScheme scheme;
  scheme.secret = secret;
  tr::fuzz::Require(!tr::channels::VerifyWebhook(scheme, request, now));
  scheme.timestamp_header = "X-Timestamp";
  scheme.signed_text = "{timestamp}.{body}";
  tr::fuzz::Require(!tr::channels::VerifyWebhook(scheme, request, now));
}

}  // namespace

TR_FUZZ_TARGET(webhook) {
  std::string_view body = input;
  const std::string_view signature = TakeLine(body);
  const std::string_view timestamp = TakeLine(body);
  RequireUnsigned(signature, timestamp, body);
}
