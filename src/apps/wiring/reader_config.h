#pragma once
// Which reader an installation has, and what it may cost.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/redact.h"

namespace tr::wiring {

enum class ReaderKind : std::uint8_t { kEmbedded, kBedrock, kAnthropic, kOpenAiCompatible, kCascade };
std::string_view Name(ReaderKind kind);  // "embedded", "bedrock", "anthropic", "openai-compatible", "cascade"
std::optional<ReaderKind> ParseReaderKind(std::string_view name);

struct ReaderConfig {
  ReaderKind kind = ReaderKind::kEmbedded;
  ReaderKind cascade_to = ReaderKind::kBedrock;  // kCascade: who reads where the embedded reader is unsure
  std::string model;                             // as the vendor calls it; empty: the kind's own
  std::string url;                               // empty: the vendor's
  Secret key;                                    // also TR_MODEL_KEY; Bedrock takes AWS's credentials
  std::optional<double> input_price;             // per million tokens; empty: Claude Haiku 4.5's 1 and 5, or nothing
  std::optional<double> output_price;            // for an openai-compatible server of one's own: net::IsInOwnNet
  double monthly_budget = 20.0;                  // in the prices' currency; 0: without a limit
  bool redact = true;  // card numbers, IBANs and keys become placeholders before anything is sent
};

}  // namespace tr::wiring
