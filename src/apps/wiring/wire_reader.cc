#include "wiring/wire_reader.h"

#include <boost/json/array.hpp>

#include "aws/bedrock_model.h"
#include "models/anthropic_model.h"
#include "models/openai_model.h"
#include "net/own_net.h"
#include "read/cascade_reader.h"
#include "read/llm_reader.h"
#include "store/process_usage.h"
#include "wiring/aws_side.h"

namespace tr::wiring {
namespace {

namespace json = boost::json;

constexpr const char* kAnthropicModel = "claude-haiku-4-5-20251001";

class EmbeddedOnly : public Readers {
 public:
  explicit EmbeddedOnly(store::Corrections* corrections) : embedded_(corrections) {}
  read::Reader& configured() override { return embedded_; }
  read::EmbeddedReader& embedded() override { return embedded_; }
  bool costly() const override { return false; }
  read::Model* model() override { return nullptr; }
  std::vector<std::pair<std::string, double>> Figures() const override { return {}; }

 private:
  read::EmbeddedReader embedded_;
};

std::optional<std::int64_t> MonthlyMicros(double budget) {
  return budget > 0 ? std::optional(static_cast<std::int64_t>(budget * 1e6)) : std::nullopt;
}

ReaderKind ModelKind(const ReaderConfig& config) {
  return config.kind == ReaderKind::kCascade ? config.cascade_to : config.kind;
}

read::Prices PricesOf(const ReaderConfig& config) {
  const bool own_server = ModelKind(config) == ReaderKind::kOpenAiCompatible;
  return {config.input_price.value_or(own_server ? 0.0 : 1.0), config.output_price.value_or(own_server ? 0.0 : 5.0)};
}

class WithModel : public Readers {
 public:
  WithModel(const ReaderConfig& config, const ReaderWorld& world, std::unique_ptr<AwsSide> aws,
            std::unique_ptr<read::Model> model)
      : cascades_(config.kind == ReaderKind::kCascade),
        aws_(std::move(aws)),
        model_(std::move(model)),
        embedded_(world.corrections),
        budget_(world.usage != nullptr ? *world.usage : own_usage_, world.clock, PricesOf(config),
                MonthlyMicros(config.monthly_budget)),
        llm_({*model_, embedded_, budget_, world.log}, config.redact),
        cascade_(embedded_, llm_) {}

  read::Reader& configured() override {
    if (cascades_) return cascade_;
    return llm_;
  }
  read::EmbeddedReader& embedded() override { return embedded_; }
  bool costly() const override { return true; }
  read::Model* model() override { return model_.get(); }

  std::vector<std::pair<std::string, double>> Figures() const override {
    const read::LlmCounts& counts = llm_.counts();
    return {{"model_calls_total", static_cast<double>(counts.calls)},
            {"model_calls_failed_total", static_cast<double>(counts.failed)},
            {"model_answers_refused_total", static_cast<double>(counts.refused)},
            {"model_over_budget_total", static_cast<double>(counts.over_budget)},
            {"model_input_tokens_total", static_cast<double>(counts.input_tokens)},
            {"model_output_tokens_total", static_cast<double>(counts.output_tokens)},
            {"model_cost_total", static_cast<double>(counts.cost_micros) / 1e6},
            {"cascade_first_sure_total", static_cast<double>(cascade_.first_sure())}};
  }

 private:
  const bool cascades_;
  const std::unique_ptr<AwsSide> aws_;
  const std::unique_ptr<read::Model> model_;
  store::ProcessUsage own_usage_;
  read::EmbeddedReader embedded_;
  read::Budget budget_;
  read::LlmReader llm_;
  read::CascadeReader cascade_;
};

Result<std::unique_ptr<read::Model>> MakeAnthropic(const ReaderConfig& config, const Clock& clock) {
  if (config.key.empty()) return Invalid("reader.key (or TR_MODEL_KEY) is missing: Anthropic answers nobody without");
  models::AnthropicSettings settings;
  if (!config.url.empty()) settings.url = config.url;
  settings.model = config.model.empty() ? kAnthropicModel : config.model;
  settings.key = config.key;
  return std::unique_ptr<read::Model>(std::make_unique<models::AnthropicModel>(std::move(settings), clock));
}

Result<std::unique_ptr<read::Model>> MakeOpenAi(const ReaderConfig& config, const Clock& clock) {
  if (config.url.empty()) return Invalid("reader.url is missing: http://localhost:11434/v1 for Ollama, say");
  if (config.model.empty()) return Invalid("reader.model is missing: the name by which that server knows its model");
  const bool has_prices = config.input_price && config.output_price;
  if (!has_prices && config.monthly_budget > 0 && !net::IsInOwnNet(config.url)) {
    return Invalid(
        "reader.input_price and reader.output_price are missing: without them reader.monthly_budget limits nothing; "
        "set what that server bills per million tokens, or 0 where it bills nothing");
  }
  models::OpenAiSettings settings{config.url, config.model, config.key};
  return std::unique_ptr<read::Model>(std::make_unique<models::OpenAiModel>(std::move(settings), clock));
}

Result<std::unique_ptr<read::Model>> MakeModel(const ReaderConfig& config, const ReaderWorld& world,
                                               std::unique_ptr<AwsSide>& aws) {
  switch (ModelKind(config)) {
    case ReaderKind::kAnthropic: return MakeAnthropic(config, world.clock);
    case ReaderKind::kOpenAiCompatible: return MakeOpenAi(config, world.clock);
    case ReaderKind::kBedrock: {
      TR_ASSIGN(aws, AwsSide::Make(world.environment, world.clock));
      const std::string model = config.model.empty() ? aws::kBedrockModel : config.model;
      TR_ASSIGN(std::unique_ptr<aws::BedrockModel> bedrock, aws::BedrockModel::Make(model, aws->account));
      return std::unique_ptr<read::Model>(std::move(bedrock));
    }
    case ReaderKind::kEmbedded:
    case ReaderKind::kCascade: break;
  }
  return Invalid("reader.cascade_to is bedrock, anthropic or openai-compatible");
}

}  // namespace

std::string_view Name(ReaderKind kind) {
  switch (kind) {
    case ReaderKind::kEmbedded: return "embedded";
    case ReaderKind::kBedrock: return "bedrock";
    case ReaderKind::kAnthropic: return "anthropic";
    case ReaderKind::kOpenAiCompatible: return "openai-compatible";
    case ReaderKind::kCascade: return "cascade";
  }
  return "";
}

std::optional<ReaderKind> ParseReaderKind(std::string_view name) {
  for (const ReaderKind kind : {ReaderKind::kEmbedded, ReaderKind::kBedrock, ReaderKind::kAnthropic,
                                ReaderKind::kOpenAiCompatible, ReaderKind::kCascade}) {
    if (Name(kind) == name) return kind;
  }
  return std::nullopt;
}

Result<std::unique_ptr<Readers>> Readers::Make(const ReaderConfig& config, const ReaderWorld& world) {
  if (config.kind == ReaderKind::kEmbedded) {
    return std::unique_ptr<Readers>(std::make_unique<EmbeddedOnly>(world.corrections));
  }
  std::unique_ptr<AwsSide> aws;
  TR_ASSIGN(std::unique_ptr<read::Model> model, MakeModel(config, world, aws));
  return std::unique_ptr<Readers>(std::make_unique<WithModel>(config, world, std::move(aws), std::move(model)));
}

std::string TroubleWithModel(const ReaderConfig& config, const ReaderWorld& world) {
  const Result<std::unique_ptr<Readers>> readers = Readers::Make(config, world);
  if (!readers) return "the model: " + readers.fault().text;
  if ((*readers)->model() == nullptr) return "";
  read::ModelRequest request;
  request.system = "Answer with the tool.";
  request.user = "Is anybody there?";
  request.tool = "answer";
  request.tool_description = "Says that somebody is there.";
  request.schema = {{"type", "object"},
                    {"properties", json::object{{"here", json::object{{"type", "boolean"}}}}},
                    {"required", json::array{"here"}}};
  request.max_tokens = 60;
  const Result<read::ModelAnswer> answer =
      (*readers)->model()->Ask(request, {world.clock.Now() + std::chrono::seconds(20), "doctor"});
  if (!answer) return "the model: " + answer.fault().text;
  if (answer->lost) return "the model: " + answer->lost->text;
  if (answer->input.is_object()) return "";
  return "the model: it answers, but does not call tools: tickets would be read by the embedded reader; take another "
         "reader.model";
}

}  // namespace tr::wiring
