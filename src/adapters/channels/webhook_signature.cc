#include "channels/webhook_signature.h"

#include <charconv>
#include <optional>

#include "base/hash.h"
#include "channels/sha1.h"

namespace tr::channels {
namespace {

std::string FillIn(std::string_view text, std::string_view timestamp, std::string_view body) {
  constexpr std::string_view kTimestamp = "{timestamp}";
  constexpr std::string_view kBody = "{body}";
  std::string filled;
  filled.reserve(text.size() + timestamp.size() + body.size());
  while (!text.empty()) {
    if (text.starts_with(kTimestamp)) {
      filled += timestamp;
      text.remove_prefix(kTimestamp.size());
    } else if (text.starts_with(kBody)) {
      filled += body;
      text.remove_prefix(kBody.size());
    } else {
      filled += text.front();
      text.remove_prefix(1);
    }
  }
  return filled;
}

std::optional<std::int64_t> Decimal(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

// A decimal number, or RFC 3339 (Zendesk).
std::optional<Time> Moment(const WebhookScheme& scheme, std::string_view timestamp) {
  // Further from 1970 than any clock: the multiplication below must not overflow.
  constexpr std::int64_t kLatest = 100'000'000'000'000;
  if (const std::optional<std::int64_t> number = Decimal(timestamp)) {
    if (*number > kLatest) return std::nullopt;
    return FromMillis(scheme.timestamp_in_millis ? *number : *number * 1000);
  }
  const Result<Time> moment = ParseTime(timestamp);
  return moment ? std::optional<Time>(*moment) : std::nullopt;
}

bool IsRecent(const WebhookScheme& scheme, std::string_view timestamp, Time now) {
  const std::optional<Time> moment = Moment(scheme, timestamp);
  if (!moment) return false;
  const Duration age = now - *moment;
  return age <= scheme.tolerance && -age <= scheme.tolerance;
}

std::string Hmac(SignatureHash hash, std::string_view key, std::string_view text) {
  const auto bytes = [](const auto& digest) { return std::string(digest.begin(), digest.end()); };
  switch (hash) {
    case SignatureHash::kSha256: return bytes(HmacSha256(key, text));
    case SignatureHash::kSha1: return bytes(HmacSha1(key, text));
  }
  return {};
}

std::string Encode(SignatureEncoding encoding, std::string_view bytes) {
  switch (encoding) {
    case SignatureEncoding::kHex: return ToHex(bytes);
    case SignatureEncoding::kBase64: return ToBase64(bytes);
  }
  return {};
}

}  // namespace

bool VerifyWebhook(const WebhookScheme& scheme, const net::HttpRequest& request, Time now) {
  const std::string_view given = request.headers.Get(scheme.header);
  if (scheme.secret.empty() || given.empty()) return false;
  std::string_view timestamp;
  if (!scheme.timestamp_header.empty()) {
    timestamp = request.headers.Get(scheme.timestamp_header);
    if (!IsRecent(scheme, timestamp, now)) return false;
  }
  const std::string signature =
      Hmac(scheme.hash, scheme.secret.Reveal(), FillIn(scheme.signed_text, timestamp, request.body));
  return EqualInConstantTime(given, scheme.prefix + Encode(scheme.encoding, signature));
}

}  // namespace tr::channels
