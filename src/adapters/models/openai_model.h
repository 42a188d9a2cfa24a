#pragma once
// Chat Completions as OpenAI defined them and others serve them: Ollama, llama.cpp, vLLM.

#include "base/redact.h"
#include "models/model_http.h"

namespace tr::models {

struct OpenAiSettings {
  std::string url;    // up to and with the version, without a final slash: "http://localhost:11434/v1"
  std::string model;  // as that server calls it
  Secret key;         // sent as a bearer token; empty: none is sent
};

class OpenAiModel final : public read::Model {
 public:
  OpenAiModel(OpenAiSettings settings, const Clock& clock)
      : settings_(std::move(settings)), http_("The model's server", clock) {}

  // A server that ignores the forced tool and writes the form as a JSON text is understood as well.
  Result<read::ModelAnswer> Ask(const read::ModelRequest& request, const Call& call) override;
  std::string_view name() const override { return "openai-compatible"; }
  std::int64_t hidden_tokens() const override { return 0; }

 private:
  const OpenAiSettings settings_;
  ModelHttp http_;
};

}  // namespace tr::models
