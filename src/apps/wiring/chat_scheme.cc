#include "wiring/chat_scheme.h"

namespace tr::wiring {
namespace {

using channels::SignatureEncoding;
using channels::SignatureHash;
using channels::WebhookScheme;

WebhookScheme Tawk() {
  WebhookScheme scheme;
  scheme.header = "X-Tawk-Signature";
  scheme.prefix = "";
  scheme.hash = SignatureHash::kSha1;
  return scheme;
}

WebhookScheme Intercom() {
  WebhookScheme scheme;
  scheme.header = "X-Hub-Signature";
  scheme.prefix = "sha1=";
  scheme.hash = SignatureHash::kSha1;
  return scheme;
}

WebhookScheme Zendesk() {
  WebhookScheme scheme;
  scheme.header = "X-Zendesk-Webhook-Signature";
  scheme.prefix = "";
  scheme.encoding = SignatureEncoding::kBase64;
  scheme.signed_text = "{timestamp}{body}";
  scheme.timestamp_header = "X-Zendesk-Webhook-Signature-Timestamp";
  return scheme;
}

}  // namespace

WebhookScheme SchemeOf(intake::ChatPreset preset) {
  switch (preset) {
    case intake::ChatPreset::kGeneric: return {};
    case intake::ChatPreset::kTawk: return Tawk();
    case intake::ChatPreset::kIntercom: return Intercom();
    case intake::ChatPreset::kZendesk: return Zendesk();
  }
  return {};
}

}  // namespace tr::wiring
