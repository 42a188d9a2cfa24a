#include "aws/rules_json.h"

#include <boost/json/value.hpp>
#include <string>

namespace tr::aws {
namespace {

namespace json = boost::json;

Result<std::string> Piece(const json::object& object, const std::string& name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return NotFound("the rules have no piece \"" + name + "\"");
  return std::string(value->as_string());
}

}  // namespace

json::object RulesToJson(const rules::RuleFiles& files) {
  json::object object{{"topics", files.topics}, {"teams", files.teams}, {"rules", files.rules}};
  if (files.tests) object["tests"] = *files.tests;
  return object;
}

Result<rules::RuleFiles> RulesFromJson(const json::object& object) {
  rules::RuleFiles files;
  TR_ASSIGN(files.topics, Piece(object, "topics"));
  TR_ASSIGN(files.teams, Piece(object, "teams"));
  TR_ASSIGN(files.rules, Piece(object, "rules"));
  if (object.contains("tests")) {
    TR_ASSIGN(files.tests, Piece(object, "tests"));
  }
  return files;
}

}  // namespace tr::aws
