#pragma once
// The DynamoDB that this test runs on, by the environment: AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_DYNAMODB, and keys.

#include <stdlib.h>

#include <atomic>
#include <boost/json.hpp>
#include <functional>
#include <stdexcept>
#include <string>

#include "aws/aws_client.h"
#include "aws/dynamo_store.h"
#include "aws/dynamo_tables.h"

namespace tr::aws {

class RealClock final : public Clock {
 public:
  Time Now() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

inline Environment HereEnvironment() {
  Environment environment;
  for (const char* name : {"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB", "AWS_REGION", "AWS_ACCESS_KEY_ID",
                           "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}) {
    if (const char* value = getenv(name)) environment[name] = value;
  }
  if (environment.empty()) throw std::runtime_error("there is no DynamoDB here: run on_dynamodb_local.py");
  return environment;
}

// A client of it, or of what stands at `url` before it.
class HereClient {
 public:
  explicit HereClient(Environment environment = HereEnvironment(), std::function<bool(int)> wait_again = {})
      : environment_(std::move(environment)),
        credentials_(environment_, clock_),
        client_(*AwsClient::Make(
            kDynamoDb, Account{"ap-southeast-1", environment_, credentials_, clock_, tally_, std::move(wait_again)})) {}
  AwsClient& client() { return *client_; }
  const CallTally& tally() const { return tally_; }

 private:
  RealClock clock_;
  Environment environment_;
  CredentialChain credentials_;
  CallTally tally_;
  std::unique_ptr<AwsClient> client_;
};

inline HereClient& Here() {
  static HereClient here;
  return here;
}

// Tables of its own, which go with it.
class FreshTables {
 public:
  FreshTables() {
    static std::atomic<int> count{0};
    prefix_ = "t" + std::to_string(getpid()) + "-" + std::to_string(++count) + "-";
    const Result<void> made = CreateTables(db_, Tables(prefix_));
    if (!made) throw std::runtime_error(made.fault().text);
  }
  ~FreshTables() {
    for (const boost::json::value& table : TableDefinitions(Tables(prefix_))) {
      (void)db_.Call("DeleteTable", {{"TableName", table.at("TableName")}}).ok();
    }
  }
  FreshTables(const FreshTables&) = delete;
  FreshTables& operator=(const FreshTables&) = delete;
  const std::string& prefix() const { return prefix_; }

 private:
  DynamoDb db_{Here().client()};
  std::string prefix_;
};

}  // namespace tr::aws
