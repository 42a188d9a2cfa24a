#pragma once
// Whether a webhook comes from who it says: an HMAC over the raw body, as each tool writes it.

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/redact.h"
#include "net/http_types.h"

namespace tr::channels {

enum class SignatureEncoding : std::uint8_t { kHex, kBase64 };
enum class SignatureHash : std::uint8_t { kSha256, kSha1 };

// How a source signs: HMAC(secret, `signed_text` filled in), encoded, behind `prefix`, in `header`.
struct WebhookScheme {
  Secret secret;
  std::string header = "X-Signature";
  std::string prefix = "sha256=";  // stands before the signature; may be empty
  SignatureEncoding encoding = SignatureEncoding::kHex;
  std::string signed_text = "{body}";            // with "{timestamp}" and "{body}"
  std::string timestamp_header;                  // empty: none is sent
  bool timestamp_in_millis = false;              // else seconds since 1970, or RFC 3339
  Duration tolerance = std::chrono::minutes(5);  // how far the timestamp may be from now, either way
  SignatureHash hash = SignatureHash::kSha256;   // kSha1 only for a tool that knows no other
};

// Compares in constant time. False without a secret, without the header, with a timestamp that is missing (where the
// scheme has one), is no time or is too far away.
bool VerifyWebhook(const WebhookScheme& scheme, const net::HttpRequest& request, Time now);

}  // namespace tr::channels
