#include "aws/dynamo_db.h"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <random>
#include <thread>

#include "base/hash.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr std::size_t kBatchKeys = 100;  // BatchGetItem's most
constexpr int kBatchRounds = 5;
constexpr int kShortestWait = 10;  // ms
constexpr int kOnceRounds = 8;
constexpr int kOnceDoublings = 4;
// A transaction's stamp may be no older than dynamo_log.h's window when it is stored.
constexpr Duration kTransactTime = std::chrono::seconds(5);
constexpr std::string_view kBeforeAll = " ";
constexpr std::string_view kAfterAll = "\xF4\x8F\xBF\xBF";

void Append(std::vector<Item>& items, const json::object& answer, std::string_view name) {
  const json::value* rows = answer.if_contains(name);
  if (rows == nullptr || !rows->is_array()) return;
  for (const json::value& row : rows->get_array()) {
    if (row.is_object()) items.push_back(row.get_object());
  }
}

json::object QueryRequest(const DynamoQuery& query) {
  const std::string partition = query.index.empty() ? "pk" : PartitionOf(query.index);
  const std::string sort = query.index.empty() ? "sk" : SortOf(query.index);
  json::object request{
      {"TableName", query.table},
      {"KeyConditionExpression", "#p = :p AND #s BETWEEN :a AND :b"},
      {"ExpressionAttributeNames", json::object{{"#p", partition}, {"#s", sort}}},
      {"ExpressionAttributeValues", json::object{{":p", TextValue(query.partition)},
                                                 {":a", TextValue(query.from.empty() ? kBeforeAll : query.from)},
                                                 {":b", TextValue(query.to.empty() ? kAfterAll : query.to)}}},
      {"ScanIndexForward", !query.descending}};
  if (!query.index.empty()) request["IndexName"] = query.index;
  if (query.index.empty()) request["ConsistentRead"] = true;
  if (query.keys_only) request["ProjectionExpression"] = "pk, sk";
  return request;
}

std::vector<std::string> ReasonsIn(const json::object& body) {
  std::vector<std::string> codes;
  const json::value* reasons = body.if_contains("CancellationReasons");
  if (reasons == nullptr || !reasons->is_array()) return codes;
  for (const json::value& reason : reasons->get_array()) {
    const json::value* code = reason.is_object() ? reason.get_object().if_contains("Code") : nullptr;
    codes.emplace_back(code != nullptr && code->is_string() ? std::string_view(code->get_string()) : "None");
  }
  return codes;
}

void Merge(json::object& request, const json::object& more) {
  for (const auto& [name, value] : more) request[name] = value;
}

}  // namespace

// 36 characters: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
std::string NewToken() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  std::string bytes(16, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return ToHex(bytes);
}

bool IsThrottled(std::string_view reason) {
  return reason == "ThrottlingError" || reason == "ProvisionedThroughputExceeded";
}

void WaitForOthers(int round, int doublings) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const int longest = kShortestWait << std::min(round, doublings);
  std::this_thread::sleep_for(
      std::chrono::milliseconds(longest / 2 + static_cast<int>(random() % 1000) * longest / 2000));
}

json::object Condition(std::string_view expression, json::object names, json::object values) {
  json::object condition{{"ConditionExpression", expression}};
  if (!names.empty()) condition["ExpressionAttributeNames"] = std::move(names);
  if (!values.empty()) condition["ExpressionAttributeValues"] = std::move(values);
  return condition;
}

json::object MustBeAbsent() { return Condition("attribute_not_exists(pk)", {}, {}); }

Action PutAction(std::string_view table, Item item, const json::object& condition) {
  json::object request{{"TableName", table}, {"Item", std::move(item)}};
  Merge(request, condition);
  return {"Put", std::move(request)};
}

Action DeleteAction(std::string_view table, const Key& key, const json::object& condition) {
  json::object request{{"TableName", table}, {"Key", key.ToItem()}};
  Merge(request, condition);
  return {"Delete", std::move(request)};
}

Result<json::object> DynamoDb::Call(std::string_view operation, const json::object& request) {
  return client_.Call(operation, request);
}

Result<std::optional<Item>> DynamoDb::Get(std::string_view table, const Key& key) {
  TR_ASSIGN(json::object answer,
            Call("GetItem", {{"TableName", table}, {"Key", key.ToItem()}, {"ConsistentRead", true}}));
  json::value* item = answer.if_contains("Item");
  if (item == nullptr || !item->is_object()) return std::optional<Item>();
  return std::optional<Item>(std::move(item->get_object()));
}

Result<std::vector<Item>> DynamoDb::GetMany(std::string_view table, const std::vector<Key>& keys) {
  std::vector<Key> unique = keys;
  std::ranges::sort(unique);
  unique.erase(std::unique(unique.begin(), unique.end()), unique.end());
  std::vector<Item> items;
  for (std::size_t begin = 0; begin < unique.size(); begin += kBatchKeys) {
    json::array asked;
    for (std::size_t i = begin; i < std::min(unique.size(), begin + kBatchKeys); ++i) {
      asked.emplace_back(unique[i].ToItem());
    }
    json::object wanted{{table, json::object{{"Keys", std::move(asked)}, {"ConsistentRead", true}}}};
    // The answer leaves out what does not fit into 16 MB or its share of the table's throughput.
    for (int round = 0; !wanted.empty(); ++round) {
      if (round == kBatchRounds) return Transient("dynamodb BatchGetItem: throttled");
      TR_ASSIGN(const json::object answer, Call("BatchGetItem", {{"RequestItems", wanted}}));
      const json::value* found = answer.if_contains("Responses");
      if (found != nullptr && found->is_object()) Append(items, found->get_object(), table);
      const json::value* rest = answer.if_contains("UnprocessedKeys");
      wanted = rest != nullptr && rest->is_object() ? rest->get_object() : json::object();
    }
  }
  return items;
}

Result<std::vector<Item>> DynamoDb::Query(const DynamoQuery& query) {
  std::vector<Item> items;
  json::object request = QueryRequest(query);
  while (true) {
    if (query.limit > 0) request["Limit"] = query.limit - static_cast<int>(items.size());
    TR_ASSIGN(const json::object answer, Call("Query", request));
    Append(items, answer, "Items");
    const json::value* last = answer.if_contains("LastEvaluatedKey");
    if (last == nullptr || (query.limit > 0 && items.size() >= static_cast<std::size_t>(query.limit))) return items;
    request["ExclusiveStartKey"] = *last;
  }
}

Result<DynamoDb::Page> DynamoDb::Scan(std::string_view table, std::string_view pk_prefix, const std::string& cursor,
                                      int limit) {
  json::object request{{"TableName", table}, {"Limit", limit}};
  if (!pk_prefix.empty()) {
    request["FilterExpression"] = "begins_with(pk, :p)";
    request["ExpressionAttributeValues"] = json::object{{":p", TextValue(pk_prefix)}};
  }
  if (!cursor.empty()) {
    const Result<json::value> start = ParseJson(cursor);
    if (!start || !start->is_object()) return Invalid("not a cursor of this list: begin again without one");
    request["ExclusiveStartKey"] = *start;
  }
  TR_ASSIGN(const json::object answer, Call("Scan", request));
  Page page;
  Append(page.items, answer, "Items");
  if (const json::value* last = answer.if_contains("LastEvaluatedKey")) page.next = json::serialize(*last);
  return page;
}

Result<void> DynamoDb::Put(std::string_view table, Item item) {
  TR_TRY(Call("PutItem", {{"TableName", table}, {"Item", std::move(item)}}));
  return Ok();
}

Result<bool> DynamoDb::PutIf(std::string_view table, Item item, const json::object& condition) {
  json::object request{{"TableName", table}, {"Item", std::move(item)}};
  Merge(request, condition);
  const Result<json::object> put = Call("PutItem", request);
  if (!put && put.fault().kind == FaultKind::kConflict) return false;
  if (!put) return put.fault();
  return true;
}

Result<bool> DynamoDb::DeleteIf(std::string_view table, const Key& key, const json::object& condition) {
  json::object request{{"TableName", table}, {"Key", key.ToItem()}};
  Merge(request, condition);
  const Result<json::object> removed = Call("DeleteItem", request);
  if (!removed && removed.fault().kind == FaultKind::kConflict) return false;
  if (!removed) return removed.fault();
  return true;
}

Result<std::vector<std::string>> DynamoDb::Transact(const std::vector<Action>& actions, const std::string& token) {
  if (actions.empty()) return std::vector<std::string>();
  json::array items;
  for (const Action& action : actions) items.emplace_back(json::object{{action.verb, action.request}});
  TR_ASSIGN(const JsonAnswer answer,
            client_.Ask("TransactWriteItems", {{"TransactItems", std::move(items)}, {"ClientRequestToken", token}},
                        kTransactTime));
  if (answer.error.empty()) return std::vector<std::string>();
  std::vector<std::string> reasons = ReasonsIn(answer.body);
  if (answer.error == "TransactionCanceledException" && reasons.size() == actions.size()) return reasons;
  return client_.ToFault("TransactWriteItems", answer.http);
}

Result<void> DynamoDb::DoOnce(const Action& action) {
  for (int round = 0; round < kOnceRounds; ++round) {
    TR_ASSIGN(const std::vector<std::string> reasons, Transact({action}));
    if (reasons.empty()) return Ok();
    const std::string& reason = reasons.front();
    if (reason == "ConditionalCheckFailed") return Conflict("dynamodb TransactWriteItems: the condition does not hold");
    if (IsThrottled(reason)) return Transient("dynamodb TransactWriteItems: throttled");
    if (reason != "TransactionConflict") return Permanent("dynamodb TransactWriteItems: refused; look at the tables");
    WaitForOthers(round, kOnceDoublings);
  }
  return Transient("dynamodb TransactWriteItems: others write the same item");
}

}  // namespace tr::aws
