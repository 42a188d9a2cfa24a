#pragma once
// SHA-1 (FIPS 180-4) and HMAC with it, for the chat tools that still sign so (Intercom, tawk.to). For nothing else.

#include <array>
#include <cstdint>
#include <string_view>

namespace tr::channels {

using Sha1Digest = std::array<std::uint8_t, 20>;

Sha1Digest Sha1(std::string_view bytes);
Sha1Digest HmacSha1(std::string_view key, std::string_view bytes);

}  // namespace tr::channels
