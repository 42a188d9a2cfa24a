#pragma once
// Anthropic's Messages API (https://docs.anthropic.com/en/api/messages), version 2023-06-01.

#include "base/redact.h"
#include "models/model_http.h"

namespace tr::models {

struct AnthropicSettings {
  std::string url = "https://api.anthropic.com";  // without a final slash
  std::string model;                              // "claude-haiku-4-5-20251001"
  Secret key;
};

class AnthropicModel final : public read::Model {
 public:
  AnthropicModel(AnthropicSettings settings, const Clock& clock)
      : settings_(std::move(settings)), http_("Anthropic", clock) {}

  Result<read::ModelAnswer> Ask(const read::ModelRequest& request, const Call& call) override;
  std::string_view name() const override { return "anthropic"; }
  // A forced tool adds a system prompt of 313 to 346 tokens for the models of 2025 (the manual, "Tool use").
  std::int64_t hidden_tokens() const override { return 346; }

 private:
  const AnthropicSettings settings_;
  ModelHttp http_;
};

}  // namespace tr::models
