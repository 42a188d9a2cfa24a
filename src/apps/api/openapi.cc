#include "api/openapi.h"

#include <string>

#include "api/routes.h"
#include "base/text.h"

namespace tr::api {
namespace {

namespace json = boost::json;

// What stands at the {} of a pattern, in order.
std::vector<std::string> ParameterNames(std::string_view pattern) {
  if (pattern.starts_with("/chat/")) return {"source"};
  if (pattern.starts_with("/api/v1/teams/")) return {"team"};
  if (pattern.ends_with("/attachments/{}")) return {"id", "n"};
  if (pattern == "/api/v1/tickets/{}/{}") return {"id", "action"};
  return {"id"};
}

std::string Named(std::string_view pattern, const std::vector<std::string>& names) {
  std::string path;
  std::size_t next = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern.substr(i, 2) != "{}") {
      path += pattern[i];
      continue;
    }
    path += "{" + names[next++] + "}";
    ++i;
  }
  return path;
}

json::object Operation(const Route& route, const std::vector<std::string>& names) {
  constexpr std::string_view kRights[] = {"public", "viewer", "agent", "admin"};
  json::array parameters;
  if (route.pattern.find("{}") != std::string_view::npos) {
    for (const std::string& name : names) {
      parameters.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
    }
  }
  const bool is_action = route.method == "POST" && route.pattern == "/api/v1/tickets/{}/{}";
  if (is_action) {
    for (const std::string_view header : {"If-Match", "Idempotency-Key"}) {
      parameters.push_back(
          {{"name", header}, {"in", "header"}, {"required", header == "If-Match"}, {"schema", {{"type", "string"}}}});
    }
  }
  json::object operation{
      {"parameters", std::move(parameters)},
      {"x-right", kRights[static_cast<std::size_t>(route.right)]},
      {"responses", {{"default", {{"description", "a JSON document; errors are RFC 9457 problem documents"}}}}}};
  if (route.right != Right::kPublic) operation["security"] = json::array{json::object{{"bearer", json::array()}}};
  if (route.method == "POST" || route.method == "PUT") {
    operation["requestBody"] = {{"content", {{"application/json", {{"schema", {{"type", "object"}}}}}}}};
  }
  return operation;
}

}  // namespace

json::object OpenApi() {
  json::object paths;
  const auto add = [&paths](const Route& route) {
    const std::vector<std::string> names = ParameterNames(route.pattern);
    json::value& path = paths[Named(route.pattern, names)];
    if (!path.is_object()) path = json::object();
    path.as_object()[ToLowerAscii(route.method)] = Operation(route, names);
  };
  for (const Route& route : Routes()) add(route);
  add({"GET", "/api/v1/events", Right::kView, nullptr});
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "Ticket Router"},
            {"version", "1"},
            {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
          {"paths", std::move(paths)},
          {"components", {{"securitySchemes", {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}}}}}}};
}

}  // namespace tr::api
