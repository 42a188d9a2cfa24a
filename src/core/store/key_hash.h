#pragma once
// What a unique key and a Message-ID are kept as: short, and without meaning once their ticket is forgotten.

#include <array>
#include <string>
#include <string_view>

namespace tr::store {

// The first 128 bits of the SHA-256 of the text. A key and a Message-ID of the same text differ.
using KeyHash = std::array<char, 16>;
KeyHash HashKey(std::string_view key);
KeyHash HashThread(std::string_view message_id);

// 32 lower-case hexadecimal digits, and back. False: not such digits; `hash` is then of no use.
std::string Hex(const KeyHash& hash);
bool FromHex(std::string_view hex, KeyHash& hash);

}  // namespace tr::store
