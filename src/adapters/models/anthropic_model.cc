#include "models/anthropic_model.h"

#include <boost/json/array.hpp>

namespace tr::models {
namespace {

namespace json = boost::json;

json::object BodyFor(const read::ModelRequest& request, const std::string& model) {
  json::object tool{{"name", request.tool}, {"description", request.tool_description}};
  tool["input_schema"] = request.schema;
  json::object body{{"model", model}, {"max_tokens", request.max_tokens}, {"temperature", 0}};
  body["system"] = request.system;
  body["messages"] = json::array{json::object{{"role", "user"}, {"content", request.user}}};
  body["tools"] = json::array{std::move(tool)};
  body["tool_choice"] = json::object{{"type", "tool"}, {"name", request.tool}, {"disable_parallel_tool_use", true}};
  return body;
}

// The first tool call's input; null when there is none.
json::value InputOf(const json::object& answer, const std::string& tool) {
  const json::value* content = answer.if_contains("content");
  if (content == nullptr || !content->is_array()) return nullptr;
  for (const json::value& block : content->get_array()) {
    const json::object* one = block.if_object();
    if (one == nullptr || !one->contains("type") || one->at("type") != "tool_use") continue;
    const json::value* name = one->if_contains("name");
    const json::value* input = one->if_contains("input");
    if (name != nullptr && *name == json::string_view(tool) && input != nullptr) return *input;
  }
  return nullptr;
}

}  // namespace

Result<read::ModelAnswer> AnthropicModel::Ask(const read::ModelRequest& request, const Call& call) {
  const net::Headers headers = {{"x-api-key", settings_.key.Reveal()}, {"anthropic-version", "2023-06-01"}};
  TR_ASSIGN(Posted posted,
            http_.Post(settings_.url + "/v1/messages", headers, BodyFor(request, settings_.model), call));
  read::ModelAnswer result;
  result.lost = std::move(posted.lost);
  result.input = InputOf(posted.body, request.tool);
  const json::value whole(std::move(posted.body));
  result.input_tokens = TokensAt(whole, "usage", "input_tokens") +
                        TokensAt(whole, "usage", "cache_creation_input_tokens") +
                        TokensAt(whole, "usage", "cache_read_input_tokens");
  result.output_tokens = TokensAt(whole, "usage", "output_tokens");
  return result;
}

}  // namespace tr::models
