#pragma once
// The operations of DynamoDB that the store is made of, each tried once.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/aws_client.h"
#include "aws/dynamo_keys.h"
#include "base/result.h"

namespace tr::aws {

// Rows of one partition in the order of their sort key.
struct DynamoQuery {
  std::string_view table;
  std::string_view index;  // kWork…; empty: the table itself, read consistently
  std::string partition;
  std::string from = {};  // first sort key; empty: the beginning
  std::string to = {};    // last sort key, itself included; empty: the end
  bool descending = false;
  int limit = 0;           // rows; 0: all of them
  bool keys_only = false;  // pk and sk alone
};

// One action of a transaction.
struct Action {
  std::string_view verb;  // "Put", "Delete", "Update", "ConditionCheck"
  boost::json::object request;
};

// Names a transaction: whatever is sent under one name within ten minutes is done once.
std::string NewToken();

// Of the reasons that DynamoDb::Transact gives: the table's throughput is used up for the moment.
bool IsThrottled(std::string_view reason);

// Before a transaction is sent again that others were in the way of: some 10 ms, doubled each round, `doublings` times
// at most.
void WaitForOthers(int round, int doublings);

class DynamoDb {
 public:
  // The client outlives it.
  explicit DynamoDb(AwsClient& client) : client_(client) {}

  // Read consistently. Nothing: no such item.
  Result<std::optional<Item>> Get(std::string_view table, const Key& key);
  // Read consistently, in no order; absent ones are missing.
  Result<std::vector<Item>> GetMany(std::string_view table, const std::vector<Key>& keys);
  Result<std::vector<Item>> Query(const DynamoQuery& query);

  struct Page {
    std::vector<Item> items;
    std::string next;  // empty: there is no more
  };
  // One page of a whole table, filtered by pk's beginning. `cursor` from the page before, or empty. kInvalid: a cursor
  // that nobody gave.
  Result<Page> Scan(std::string_view table, std::string_view pk_prefix, const std::string& cursor, int limit);

  Result<void> Put(std::string_view table, Item item);
  // False: the condition did not hold. `condition` as conditions below; empty: none.
  Result<bool> PutIf(std::string_view table, Item item, const boost::json::object& condition);
  Result<bool> DeleteIf(std::string_view table, const Key& key, const boost::json::object& condition);

  // All or nothing; at most 100 actions. Empty: done. Else why each was refused, by its place: "None",
  // "ConditionalCheckFailed", "TransactionConflict", …; nothing was done. Sent with a token, so that a request that is
  // sent a second time on a fresh connection is done once.
  Result<std::vector<std::string>> Transact(const std::vector<Action>& actions, const std::string& token = NewToken());

  // One action, done once however often its request is sent. Waits half a second for others who write its item.
  // kConflict: its condition does not hold. kTransient: throttled, or the others are too many.
  Result<void> DoOnce(const Action& action);

  // Any other operation; every error is a fault.
  Result<boost::json::object> Call(std::string_view operation, const boost::json::object& request);

 private:
  AwsClient& client_;
};

// {"ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues"} out of "#a = :b" and what its names
// and values are; names may be left out where none is used.
boost::json::object Condition(std::string_view expression, boost::json::object names, boost::json::object values);
boost::json::object MustBeAbsent();

Action PutAction(std::string_view table, Item item, const boost::json::object& condition = {});
Action DeleteAction(std::string_view table, const Key& key, const boost::json::object& condition = {});

}  // namespace tr::aws
