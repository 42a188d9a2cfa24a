#pragma once
// SHA-256 (FIPS 180-4) and HMAC (RFC 2104): identities of messages, signatures of webhooks, digests of tokens.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace tr {

using Sha256Digest = std::array<std::uint8_t, 32>;

Sha256Digest Sha256(std::string_view bytes);
Sha256Digest HmacSha256(std::string_view key, std::string_view bytes);

// Hash of several fields such that ("ab","c") and ("a","bc") differ: each is preceded by its length.
Sha256Digest HashFields(std::initializer_list<std::string_view> fields);

// Lower-case hexadecimal.
std::string ToHex(const Sha256Digest& digest);
std::string ToHex(std::string_view bytes);

// Standard base 64 with padding (RFC 4648 section 4), and the URL-safe one without (section 5).
std::string ToBase64(std::string_view bytes);
std::string ToBase64Url(std::string_view bytes);

// Compares without telling by its duration where the texts differ; false at once when the lengths differ.
bool EqualInConstantTime(std::string_view a, std::string_view b);

}  // namespace tr
