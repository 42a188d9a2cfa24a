#include "aws/bedrock_model.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "models/model_http.h"
#include "net/http_encoding.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxAnswer = 1024 * 1024;

json::object TextBlock(const std::string& text) { return {{"text", text}}; }

json::object BodyFor(const read::ModelRequest& request) {
  json::object spec{{"name", request.tool}, {"description", request.tool_description}};
  spec["inputSchema"] = json::object{{"json", request.schema}};
  json::object tools;
  tools["tools"] = json::array{json::object{{"toolSpec", std::move(spec)}}};
  tools["toolChoice"] = json::object{{"tool", json::object{{"name", request.tool}}}};
  json::object body;
  body["system"] = json::array{TextBlock(request.system)};
  body["messages"] = json::array{json::object{{"role", "user"}, {"content", json::array{TextBlock(request.user)}}}};
  body["inferenceConfig"] = json::object{{"maxTokens", request.max_tokens}, {"temperature", 0}};
  body["toolConfig"] = std::move(tools);
  return body;
}

const json::value* Member(const json::value* value, std::string_view name) {
  return value != nullptr && value->is_object() ? value->get_object().if_contains(name) : nullptr;
}

// The first call of the tool; null when there is none (it talked, a guardrail stepped in, it was cut off).
json::value InputOf(const json::value& answer, const std::string& tool) {
  const json::value* content = Member(Member(Member(&answer, "output"), "message"), "content");
  if (content == nullptr || !content->is_array()) return nullptr;
  for (const json::value& block : content->get_array()) {
    const json::value* use = Member(&block, "toolUse");
    const json::value* name = Member(use, "name");
    const json::value* input = Member(use, "input");
    if (name != nullptr && *name == json::string_view(tool) && input != nullptr) return *input;
  }
  return nullptr;
}

}  // namespace

Result<std::unique_ptr<BedrockModel>> BedrockModel::Make(std::string model, const Account& account) {
  TR_ASSIGN(std::unique_ptr<AwsClient> client, AwsClient::Make(kBedrock, account));
  return std::unique_ptr<BedrockModel>(new BedrockModel(std::move(model), account, std::move(client)));
}

Result<read::ModelAnswer> BedrockModel::Ask(const read::ModelRequest& request, const Call& call) {
  TR_ASSIGN(const Duration time, models::TimeFor(call, clock_.Now()));
  AwsRequest sent;
  sent.operation = "Converse";
  sent.target = "/model/" + net::PercentEncode(model_) + "/converse";
  sent.body = json::serialize(BodyFor(request));
  sent.timeout = time;
  sent.max_answer = kMaxAnswer;
  bool has_left = false;
  sent.sent = &has_left;
  const Result<AwsAnswer> given = client_->Send(sent);
  read::ModelAnswer result;
  if (!given && has_left) result.lost = given.fault();
  if (result.lost) return result;
  if (!given) return given.fault();
  if (!given->error.empty()) return client_->ToFault(sent.operation, given->http);
  const Result<json::value> answer = ParseJson(given->http.body);
  if (!answer || !answer->is_object()) {
    result.lost = Transient("bedrock Converse: the answer is no JSON object");
    return result;
  }
  result.input = InputOf(*answer, request.tool);
  result.input_tokens = models::TokensAt(*answer, "usage", "inputTokens") +
                        models::TokensAt(*answer, "usage", "cacheReadInputTokens") +
                        models::TokensAt(*answer, "usage", "cacheWriteInputTokens");
  result.output_tokens = models::TokensAt(*answer, "usage", "outputTokens");
  return result;
}

}  // namespace tr::aws
