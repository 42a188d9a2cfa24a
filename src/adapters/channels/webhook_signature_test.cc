#include "channels/webhook_signature.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "channels/slack_signature.h"

namespace tr::channels {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;

std::string Hex(std::string_view key, std::string_view text) { return ToHex(HmacSha256(key, text)); }

struct Case {
  const char* name;
  std::string timestamp;
  std::string signature;
  bool valid;
};

TEST(WebhookSignature, ATimestampedScheme) {
  WebhookScheme scheme;
  scheme.secret = Secret("s");
  scheme.signed_text = "{timestamp}.{body}";
  scheme.timestamp_header = "X-Time";
  const std::string now = std::to_string(kNow);
  const std::string edge = std::to_string(kNow - 300);
  const std::string late = std::to_string(kNow - 301);
  const std::string early = std::to_string(kNow + 301);
  const Case cases[] = {
      {"right", now, "sha256=" + Hex("s", now + ".body"), true},
      {"at the edge", edge, "sha256=" + Hex("s", edge + ".body"), true},
      {"too old", late, "sha256=" + Hex("s", late + ".body"), false},
      {"from the future", early, "sha256=" + Hex("s", early + ".body"), false},
      {"another secret", now, "sha256=" + Hex("t", now + ".body"), false},
      {"another body", now, "sha256=" + Hex("s", now + ".other"), false},
      {"without its prefix", now, Hex("s", now + ".body"), false},
      {"no timestamp", "", "sha256=" + Hex("s", ".body"), false},
      {"no number", "1700000000x", "sha256=" + Hex("s", "1700000000x.body"), false},
      {"a number too large", "99999999999999999999", "sha256=" + Hex("s", "99999999999999999999.body"), false},
      {"negative", "-5", "sha256=" + Hex("s", "-5.body"), false},
      {"no signature", now, "", false},
  };
  for (const Case& one : cases) {
    net::HttpRequest request;
    request.headers.Set("X-Time", one.timestamp);
    request.headers.Set("X-Signature", one.signature);
    request.body = "body";
    EXPECT_EQ(VerifyWebhook(scheme, request, FromMillis(kNow * 1000)), one.valid) << one.name;
  }
}

// Zendesk's: RFC 3339 before the body.
TEST(WebhookSignature, ATimestampOfWords) {
  WebhookScheme scheme;
  scheme.secret = Secret("s");
  scheme.prefix = "";
  scheme.signed_text = "{timestamp}{body}";
  scheme.timestamp_header = "X-Time";
  struct Sent {
    const char* timestamp;
    bool valid;
  };
  for (const Sent& one :
       {Sent{"2023-11-14T22:13:20Z", true}, Sent{"2023-11-14T22:18:20.000Z", true}, Sent{"2023-11-14T22:18:21Z", false},
        Sent{"2023-11-14T22:08:19Z", false}, Sent{"2023-11-14T23:13:20+01:00", true}, Sent{"yesterday", false}}) {
    net::HttpRequest request;
    request.body = "body";
    request.headers.Set("X-Time", one.timestamp);
    request.headers.Set("X-Signature", Hex("s", std::string(one.timestamp) + "body"));
    EXPECT_EQ(VerifyWebhook(scheme, request, FromMillis(kNow * 1000)), one.valid) << one.timestamp;
  }
}

TEST(WebhookSignature, Base64WithoutATimestamp) {
  WebhookScheme scheme;
  scheme.secret = Secret("s");
  scheme.prefix = "";
  scheme.encoding = SignatureEncoding::kBase64;
  net::HttpRequest request;
  request.body = "body";
  const Sha256Digest digest = HmacSha256("s", "body");
  request.headers.Set("x-signature", ToBase64({reinterpret_cast<const char*>(digest.data()), digest.size()}));
  EXPECT_TRUE(VerifyWebhook(scheme, request, Time{}));
  request.body = "bodY";
  EXPECT_FALSE(VerifyWebhook(scheme, request, Time{}));
}

TEST(WebhookSignature, Sha1WhereTheSchemeSaysSo) {
  WebhookScheme scheme;
  scheme.secret = Secret("Jefe");
  scheme.prefix = "sha1=";
  scheme.hash = SignatureHash::kSha1;
  net::HttpRequest request;
  request.body = "what do ya want for nothing?";
  request.headers.Set("X-Signature", "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_TRUE(VerifyWebhook(scheme, request, Time{}));
  scheme.hash = SignatureHash::kSha256;
  EXPECT_FALSE(VerifyWebhook(scheme, request, Time{}));
}

TEST(WebhookSignature, ABodyThatNamesAPlaceholderIsJustABody) {
  WebhookScheme scheme;
  scheme.secret = Secret("s");
  scheme.signed_text = "[{timestamp};{body}]";
  scheme.timestamp_header = "X-Time";
  scheme.timestamp_in_millis = true;
  scheme.prefix = "";
  net::HttpRequest request;
  request.body = "{timestamp}{body}";
  const std::string now = std::to_string(kNow * 1000);
  request.headers.Set("X-Time", now);
  request.headers.Set("X-Signature", Hex("s", "[" + now + ";{timestamp}{body}]"));
  EXPECT_TRUE(VerifyWebhook(scheme, request, FromMillis(kNow * 1000)));
}

TEST(WebhookSignature, WithoutASecretNothingIsValid) {
  net::HttpRequest request;
  request.headers.Set("X-Signature", "sha256=" + Hex("", ""));
  EXPECT_FALSE(VerifyWebhook({}, request, Time{}));
}

TEST(SlackSignature, CoversVersionTimestampAndBody) {
  const std::string now = std::to_string(kNow);
  const std::string right = "v0=" + Hex("s", "v0:" + now + ":payload=1");
  EXPECT_TRUE(VerifySlackSignature(Secret("s"), now, right, "payload=1", FromMillis(kNow * 1000)));
  EXPECT_FALSE(VerifySlackSignature(Secret("s"), now, right, "payload=2", FromMillis(kNow * 1000)));
  EXPECT_FALSE(VerifySlackSignature(Secret("s"), now, right, "payload=1", FromMillis((kNow + 301) * 1000)));
}

}  // namespace
}  // namespace tr::channels
