#include "store/key_hash.h"

#include <charconv>
#include <cstring>

#include "base/hash.h"

namespace tr::store {
namespace {

KeyHash Cut(const Sha256Digest& digest) {
  KeyHash hash;
  std::memcpy(hash.data(), digest.data(), hash.size());
  return hash;
}

}  // namespace

KeyHash HashKey(std::string_view key) { return Cut(HashFields({"key", key})); }
KeyHash HashThread(std::string_view message_id) { return Cut(HashFields({"thread", message_id})); }

std::string Hex(const KeyHash& hash) { return ToHex(std::string_view(hash.data(), hash.size())); }

bool FromHex(std::string_view hex, KeyHash& hash) {
  if (hex.size() != 2 * hash.size()) return false;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    unsigned byte = 0;
    const char* digits = hex.data() + 2 * i;
    if (std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2) return false;
    hash[i] = static_cast<char>(byte);
  }
  return Hex(hash) == hex;
}

}  // namespace tr::store
