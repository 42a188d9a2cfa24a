#include "channels/sha1.h"

#include <bit>
#include <string>
#include <utility>

namespace tr::channels {
namespace {

constexpr std::size_t kBlock = 64;
using State = std::array<std::uint32_t, 5>;

std::uint32_t BigEndian(const char* bytes) {
  std::uint32_t word = 0;
  for (int i = 0; i < 4; ++i) word = word << 8 | static_cast<std::uint8_t>(bytes[i]);
  return word;
}

// f(t) and K(t) of FIPS 180-4, sections 4.1.1 and 4.2.1.
std::uint32_t RoundTerm(std::size_t round, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

void TakeBlock(State& state, const char* block) {
  std::array<std::uint32_t, 80> words{};
  for (std::size_t i = 0; i < 16; ++i) words[i] = BigEndian(block + 4 * i);
  for (std::size_t i = 16; i < 80; ++i) {
    words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
  }
  auto [a, b, c, d, e] = state;
  for (std::size_t i = 0; i < 80; ++i) {
    const std::uint32_t next = std::rotl(a, 5) + RoundTerm(i, b, c, d) + e + words[i];
    e = std::exchange(d, std::exchange(c, std::rotl(std::exchange(b, std::exchange(a, next)), 30)));
  }
  state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e};
}

std::string_view View(const Sha1Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string Pad(std::string key, char with) {
  key.resize(kBlock, '\0');
  for (char& byte : key) byte = static_cast<char>(byte ^ with);
  return key;
}

}  // namespace

Sha1Digest Sha1(std::string_view bytes) {
  State state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  std::size_t at = 0;
  for (; bytes.size() - at >= kBlock; at += kBlock) TakeBlock(state, bytes.data() + at);
  std::string tail(bytes.substr(at));
  tail += '\x80';
  tail.resize(tail.size() <= kBlock - 8 ? kBlock : 2 * kBlock, '\0');
  const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
  for (std::size_t i = 0; i < 8; ++i) tail[tail.size() - 1 - i] = static_cast<char>(bits >> (8 * i));
  for (at = 0; at < tail.size(); at += kBlock) TakeBlock(state, tail.data() + at);
  Sha1Digest digest{};
  for (std::size_t i = 0; i < digest.size(); ++i) {
    digest[i] = static_cast<std::uint8_t>(state[i / 4] >> (24 - 8 * (i % 4)));
  }
  return digest;
}

// RFC 2104.
Sha1Digest HmacSha1(std::string_view key, std::string_view bytes) {
  const std::string short_key(key.size() > kBlock ? std::string(View(Sha1(key))) : std::string(key));
  const Sha1Digest inner = Sha1(Pad(short_key, 0x36).append(bytes));
  return Sha1(Pad(short_key, 0x5c).append(View(inner)));
}

}  // namespace tr::channels
