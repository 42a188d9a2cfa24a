#pragma once
// The compression function of SHA-256 (FIPS 180-4, 6.2.2): on the processor's SHA instructions where it has them.

#include <array>
#include <cstddef>
#include <cstdint>

namespace tr {

inline constexpr std::size_t kSha256Block = 64;  // bytes
using Sha256State = std::array<std::uint32_t, 8>;

// FIPS 180-4, 5.3.3.
inline constexpr Sha256State kSha256Start = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

// Mixes `count` whole blocks into the state.
void Sha256Blocks(Sha256State& state, const std::uint8_t* data, std::size_t count);

// The same without special instructions; apart so that a test can hold the two against each other.
void Sha256BlocksPlain(Sha256State& state, const std::uint8_t* data, std::size_t count);

}  // namespace tr
