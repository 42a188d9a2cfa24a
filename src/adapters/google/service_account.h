#pragma once
// A Google service account: its key file, and the signed assertion that it trades for a token (RFC 7523).

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/redact.h"
#include "base/result.h"

namespace tr::google {

struct ServiceAccount {
  std::string email;      // "client_email": share the folder with it
  std::string key_id;     // "private_key_id"
  std::string token_url;  // "token_uri"
  Secret private_key;     // PEM, PKCS #8
};

// Reads the JSON file that the Cloud console gives. kInvalid: not such a file; says which member is missing.
Result<ServiceAccount> ParseServiceAccount(std::string_view json);

// RSASSA-PKCS1-v1_5 with SHA-256, as bytes. kInvalid: no RSA key in PEM.
Result<std::string> SignRs256(const Secret& private_key, std::string_view bytes);

// The assertion: header.claims.signature in URL-safe base 64, good for an hour from `now`. `scopes` are separated by
// blanks. kInvalid: as SignRs256.
Result<std::string> MakeAssertion(const ServiceAccount& account, std::string_view scopes, Time now);

}  // namespace tr::google
