#include "base/hash.h"

#include <algorithm>
#include <cstring>

#include "base/sha256_block.h"

namespace tr {
namespace {

class Sha256Stream {
 public:
  void Add(std::string_view bytes) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t size = bytes.size();
    total_ += size;
    if (filled_ > 0) {
      const std::size_t take = std::min(size, kSha256Block - filled_);
      std::memcpy(block_.data() + filled_, data, take);
      filled_ += take;
      data += take;
      size -= take;
      if (filled_ < kSha256Block) return;
      Sha256Blocks(state_, block_.data(), 1);
      filled_ = 0;
    }
    Sha256Blocks(state_, data, size / kSha256Block);
    filled_ = size % kSha256Block;
    if (filled_ > 0) std::memcpy(block_.data(), data + (size - filled_), filled_);
  }

  // REQUIRES: called once, last.
  Sha256Digest Finish() {
    const std::uint64_t bits = total_ * 8;
    block_[filled_++] = 0x80;
    if (filled_ > kSha256Block - 8) {
      std::memset(block_.data() + filled_, 0, kSha256Block - filled_);
      Sha256Blocks(state_, block_.data(), 1);
      filled_ = 0;
    }
    std::memset(block_.data() + filled_, 0, kSha256Block - 8 - filled_);
    for (std::size_t i = 0; i < 8; ++i) block_[kSha256Block - 1 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
    Sha256Blocks(state_, block_.data(), 1);
    Sha256Digest digest;
    for (std::size_t i = 0; i < digest.size(); ++i) {
      digest[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
    }
    return digest;
  }

 private:
  Sha256State state_ = kSha256Start;
  std::array<std::uint8_t, kSha256Block> block_{};
  std::size_t filled_ = 0;
  std::uint64_t total_ = 0;
};

std::string_view AsText(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string Base64(std::string_view bytes, std::string_view alphabet, bool padded) {
  const auto byte = [&](std::size_t i) {
    return i < bytes.size() ? std::uint32_t{static_cast<std::uint8_t>(bytes[i])} : 0U;
  };
  std::string text((bytes.size() + 2) / 3 * 4, '=');
  char* out = text.data();
  for (std::size_t i = 0; i < bytes.size(); i += 3, out += 4) {
    const std::uint32_t group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    out[0] = alphabet[group >> 18];
    out[1] = alphabet[(group >> 12) & 63U];
    if (i + 1 < bytes.size()) out[2] = alphabet[(group >> 6) & 63U];
    if (i + 2 < bytes.size()) out[3] = alphabet[group & 63U];
  }
  if (!padded) text.resize((bytes.size() * 4 + 2) / 3);
  return text;
}

}  // namespace

Sha256Digest Sha256(std::string_view bytes) {
  Sha256Stream stream;
  stream.Add(bytes);
  return stream.Finish();
}

Sha256Digest HmacSha256(std::string_view key, std::string_view bytes) {
  std::array<char, kSha256Block> pad{};
  const Sha256Digest short_key = key.size() > kSha256Block ? Sha256(key) : Sha256Digest{};
  const std::string_view used = key.size() > kSha256Block ? AsText(short_key) : key;
  std::copy(used.begin(), used.end(), pad.begin());
  for (char& c : pad) c = static_cast<char>(c ^ 0x36);
  Sha256Stream inner;
  inner.Add({pad.data(), pad.size()});
  inner.Add(bytes);
  const Sha256Digest inner_digest = inner.Finish();
  for (char& c : pad) c = static_cast<char>(c ^ 0x36 ^ 0x5c);
  Sha256Stream outer;
  outer.Add({pad.data(), pad.size()});
  outer.Add(AsText(inner_digest));
  return outer.Finish();
}

Sha256Digest HashFields(std::initializer_list<std::string_view> fields) {
  Sha256Stream stream;
  for (const std::string_view field : fields) {
    std::array<char, 8> size{};
    for (std::size_t i = 0; i < size.size(); ++i) {
      size[i] = static_cast<char>(static_cast<std::uint64_t>(field.size()) >> (56 - 8 * i));
    }
    stream.Add({size.data(), size.size()});
    stream.Add(field);
  }
  return stream.Finish();
}

std::string ToHex(const Sha256Digest& digest) { return ToHex(AsText(digest)); }

std::string ToHex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex(bytes.size() * 2, '0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(bytes[i]);
    hex[2 * i] = kDigits[byte >> 4];
    hex[2 * i + 1] = kDigits[byte & 15U];
  }
  return hex;
}

std::string ToBase64(std::string_view bytes) {
  return Base64(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", true);
}

std::string ToBase64Url(std::string_view bytes) {
  return Base64(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", false);
}

bool EqualInConstantTime(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  // volatile: the compiler must not leave the loop at the first difference.
  volatile std::uint8_t difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<std::uint8_t>(difference | static_cast<std::uint8_t>(a[i] ^ b[i]));
  }
  return difference == 0;
}

}  // namespace tr
