#pragma once
// In: what the core's ports hand over. Out: AWS behind those ports: signed requests, queue, objects, mail, secrets,
// tables, the Lambda runtime. Never: a decision about a ticket, the environment or the clock read by itself, a secret
// or a service's error text in a fault. Start at: aws_client.h.
//
// Signature Version 4: what AWS asks of every request.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/redact.h"
#include "net/http_types.h"

namespace tr::aws {

struct Credentials {
  std::string access_key_id;
  Secret secret_access_key;
  Secret session_token;         // empty: keys that belong to a user
  std::optional<Time> expires;  // nothing: they last
};

// How the path goes into the signature.
enum class PathRule {
  kNormalised,  // dot segments and double slashes removed, then encoded once more: every service but S3
  kAsSent,      // as it stands, which must be encoded once already: S3, whose keys may hold "//" and ".."
};

// Where the signature says what the body is.
enum class PayloadRule {
  kHash,        // its SHA-256, in the signature alone
  kHashHeader,  // the same, and X-Amz-Content-Sha256 is sent and signed: S3
  kUnsigned,    // X-Amz-Content-Sha256 says UNSIGNED-PAYLOAD: S3 over TLS only
};

struct SigningScope {
  std::string region;   // "ap-southeast-1"
  std::string service;  // the signing name, which is not always the host's: "ses" for email.*, "bedrock"
  PathRule path = PathRule::kNormalised;
  PayloadRule payload = PayloadRule::kHash;
};

// A request as it goes out.
struct UnsignedRequest {
  std::string_view method;
  std::string_view target;      // path and query: "/model/a%3A0/converse?x=1"
  const net::Headers& headers;  // with Host, spelled as it is sent; what a proxy may change is left out by itself
  std::string_view body;
};

struct Signature {
  net::Headers headers;  // to be added: X-Amz-Date, X-Amz-Security-Token, X-Amz-Content-Sha256, Authorization
  std::string canonical_request;
  std::string string_to_sign;
  std::string hex;
};

// Pure. The service accepts it from 5 minutes before `now` until 5 (S3: 15) minutes after.
Signature Sign(const UnsignedRequest& request, const Credentials& credentials, const SigningScope& scope, Time now);

}  // namespace tr::aws
