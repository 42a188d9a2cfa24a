#pragma once
// One parser that takes bytes from outside, and what it promises about any bytes at all. With TR_FUZZER libFuzzer looks
// for bytes that break the promise; without, fuzz_replay runs what was found before (tests/data/fuzz).

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "base/text.h"

namespace tr::fuzz {

using Target = void (*)(std::string_view input);

// By name; filled before main() begins.
inline std::map<std::string, Target>& Targets() {
  static std::map<std::string, Target> targets;
  return targets;
}

// Ends the process, so that a broken promise is found like any crash.
inline void Require(bool holds) {
  if (!holds) std::abort();
}

// What every text that the program keeps or shows must be.
inline void RequireText(std::string_view text, std::size_t limit = static_cast<std::size_t>(-1)) {
  Require(IsUtf8(text));
  Require(text.find('\0') == std::string_view::npos);
  Require(text.size() <= limit);
}

}  // namespace tr::fuzz

// TR_FUZZ_TARGET(name) { … input … }
#ifdef TR_FUZZER
#define TR_FUZZ_TARGET(name)                                                          \
  static void Fuzz_##name(std::string_view input);                                    \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { \
    Fuzz_##name(std::string_view(reinterpret_cast<const char*>(data), size));         \
    return 0;                                                                         \
  }                                                                                   \
  static void Fuzz_##name(std::string_view input)
#else
#define TR_FUZZ_TARGET(name)                                                                \
  static void Fuzz_##name(std::string_view input);                                          \
  static const bool kAdded_##name = tr::fuzz::Targets().emplace(#name, Fuzz_##name).second; \
  static void Fuzz_##name([[maybe_unused]] std::string_view input)
#endif
