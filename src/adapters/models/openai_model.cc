#include "models/openai_model.h"

#include <boost/json/array.hpp>

#include "ticket/json.h"

namespace tr::models {
namespace {

namespace json = boost::json;

// OpenAI's own newer models refuse max_tokens and any temperature but their own; the others know only these.
bool IsOpenAi(const std::string& url) { return url.starts_with("https://api.openai.com/"); }

json::object BodyFor(const read::ModelRequest& request, const OpenAiSettings& settings) {
  json::object function{{"name", request.tool}, {"description", request.tool_description}};
  function["parameters"] = request.schema;
  json::object body{{"model", settings.model}};
  if (IsOpenAi(settings.url)) {
    body["max_completion_tokens"] = request.max_tokens;
  } else {
    body["max_tokens"] = request.max_tokens;
    body["temperature"] = 0;
  }
  body["messages"] = json::array{json::object{{"role", "system"}, {"content", request.system}},
                                 json::object{{"role", "user"}, {"content", request.user}}};
  body["tools"] = json::array{json::object{{"type", "function"}, {"function", std::move(function)}}};
  body["tool_choice"] = json::object{{"type", "function"}, {"function", json::object{{"name", request.tool}}}};
  return body;
}

const json::value* Member(const json::value* value, std::string_view name) {
  return value != nullptr && value->is_object() ? value->get_object().if_contains(name) : nullptr;
}

const json::value* First(const json::value* value) {
  return value != nullptr && value->is_array() && !value->get_array().empty() ? &value->get_array().front() : nullptr;
}

// A JSON text's value, where it is an object.
json::value Parsed(const json::value* text) {
  if (text == nullptr || !text->is_string()) return nullptr;
  Result<json::value> value = ParseJson(std::string_view(text->get_string()));
  return value && value->is_object() ? *std::move(value) : json::value(nullptr);
}

json::value InputOf(const json::value& answer, const std::string& tool) {
  const json::value* message = Member(First(Member(&answer, "choices")), "message");
  const json::value* function = Member(First(Member(message, "tool_calls")), "function");
  if (function == nullptr) return Parsed(Member(message, "content"));
  const json::value* name = Member(function, "name");
  if (name == nullptr || *name != json::string_view(tool)) return nullptr;
  const json::value* arguments = Member(function, "arguments");
  if (arguments != nullptr && arguments->is_object()) return *arguments;  // llama.cpp once gave it unquoted
  return Parsed(arguments);
}

}  // namespace

Result<read::ModelAnswer> OpenAiModel::Ask(const read::ModelRequest& request, const Call& call) {
  net::Headers headers;
  if (!settings_.key.empty()) headers.Add("Authorization", "Bearer " + settings_.key.Reveal());
  TR_ASSIGN(Posted posted, http_.Post(settings_.url + "/chat/completions", headers, BodyFor(request, settings_), call));
  const json::value answer(std::move(posted.body));
  read::ModelAnswer result;
  result.lost = std::move(posted.lost);
  result.input = InputOf(answer, request.tool);
  result.input_tokens = TokensAt(answer, "usage", "prompt_tokens");
  result.output_tokens = TokensAt(answer, "usage", "completion_tokens");
  return result;
}

}  // namespace tr::models
