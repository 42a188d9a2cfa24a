#include "aws/dynamo_tables.h"

#include <boost/json.hpp>
#include <initializer_list>
#include <thread>

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr int kTries = 120;  // of half a second

struct IndexOf {
  std::string_view name;
  std::initializer_list<std::string_view> beside;  // attributes that it holds beside the keys
};

json::array KeySchema(std::string_view partition, std::string_view sort) {
  return {json::object{{"AttributeName", partition}, {"KeyType", "HASH"}},
          json::object{{"AttributeName", sort}, {"KeyType", "RANGE"}}};
}

json::value TextAttribute(std::string_view name) {
  return json::object{{"AttributeName", name}, {"AttributeType", "S"}};
}

json::object Table(const std::string& name, std::initializer_list<IndexOf> indexes) {
  json::array attributes{TextAttribute("pk"), TextAttribute("sk")};
  json::array made;
  for (const IndexOf& index : indexes) {
    const std::string partition = PartitionOf(index.name);
    const std::string sort = SortOf(index.name);
    attributes.push_back(TextAttribute(partition));
    attributes.push_back(TextAttribute(sort));
    json::object projection{{"ProjectionType", index.beside.size() == 0 ? "KEYS_ONLY" : "INCLUDE"}};
    if (index.beside.size() > 0) projection["NonKeyAttributes"] = json::array(index.beside.begin(), index.beside.end());
    made.emplace_back(json::object{
        {"IndexName", index.name}, {"KeySchema", KeySchema(partition, sort)}, {"Projection", std::move(projection)}});
  }
  json::object table{{"TableName", name},
                     {"BillingMode", "PAY_PER_REQUEST"},
                     {"KeySchema", KeySchema("pk", "sk")},
                     {"AttributeDefinitions", std::move(attributes)}};
  if (!made.empty()) table["GlobalSecondaryIndexes"] = std::move(made);
  return table;
}

// Another process may make it at the same time.
Result<void> Create(DynamoDb& db, const json::object& definition) {
  const Result<json::object> made = db.Call("CreateTable", definition);
  if (!made && made.fault().text.find("ResourceInUseException") == std::string::npos) return made.fault();
  return Ok();
}

Result<bool> IsActive(DynamoDb& db, const std::string& name) {
  TR_ASSIGN(const json::object answer, db.Call("DescribeTable", {{"TableName", name}}));
  const json::value* table = answer.if_contains("Table");
  const json::value* status =
      table != nullptr && table->is_object() ? table->get_object().if_contains("TableStatus") : nullptr;
  return status != nullptr && status->is_string() && status->get_string() == "ACTIVE";
}

Result<void> WaitUntilActive(DynamoDb& db, const std::string& name) {
  for (int i = 0; i < kTries; ++i) {
    TR_ASSIGN(const bool active, IsActive(db, name));
    if (active) return Ok();
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
  return Transient("a DynamoDB table is not ready: try again");
}

// UpdateTimeToLive refuses to set what is set.
Result<bool> Expires(DynamoDb& db, const std::string& name) {
  TR_ASSIGN(const json::object answer, db.Call("DescribeTimeToLive", {{"TableName", name}}));
  return json::serialize(answer).find("\"DISABLED\"") == std::string::npos;
}

Result<void> Expire(DynamoDb& db, const std::string& name) {
  TR_ASSIGN(const bool expires, Expires(db, name));
  if (expires) return Ok();
  const json::object ttl{{"Enabled", true}, {"AttributeName", kTimeToLive}};
  TR_TRY(db.Call("UpdateTimeToLive", {{"TableName", name}, {"TimeToLiveSpecification", ttl}}));
  return Ok();
}

}  // namespace

json::array TableDefinitions(const Tables& tables) {
  return {Table(tables.tickets, {{kWork, {"ticket", "at", "n"}}, {kCustomer, {}}, {kRecent, {"q", "state", "move"}}}),
          Table(tables.keys, {}),
          Table(tables.audit, {{kLog, {"rows", "rows_at"}}}),
          Table(tables.corrections, {}),
          Table(tables.routes, {{kDue, {}}}),
          Table(tables.people, {})};
}

Result<void> CreateTables(DynamoDb& db, const Tables& tables) {
  for (const json::value& definition : TableDefinitions(tables)) TR_TRY(Create(db, definition.get_object()));
  for (const json::value& definition : TableDefinitions(tables)) {
    TR_TRY(WaitUntilActive(db, std::string(definition.at("TableName").as_string())));
  }
  return Ok();
}

Result<void> GuardTables(DynamoDb& db, const Tables& tables) {
  for (const std::string* name : {&tables.keys, &tables.routes, &tables.people}) TR_TRY(Expire(db, *name));
  const json::object recovery{{"PointInTimeRecoveryEnabled", true}};
  for (const json::value& definition : TableDefinitions(tables)) {
    TR_TRY(db.Call("UpdateContinuousBackups",
                   {{"TableName", definition.at("TableName")}, {"PointInTimeRecoverySpecification", recovery}}));
  }
  return Ok();
}

}  // namespace tr::aws
