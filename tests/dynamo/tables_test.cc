// The tables as they are made and guarded.

#include "contract/store_contract.h"
#include "dynamo/dynamo_here.h"

namespace tr::aws {
namespace {

using contract::Must;
namespace json = boost::json;

TEST(DynamoTables, MakingThemAgainChangesNothing) {
  const FreshTables tables;
  DynamoDb db(Here().client());
  Must(db.Put(Tables(tables.prefix()).people, Key{"A#x", "-"}.ToItem()));
  Must(CreateTables(db, Tables(tables.prefix())));
  EXPECT_TRUE(Must(db.Get(Tables(tables.prefix()).people, {"A#x", "-"})));
}

TEST(DynamoTables, GuardedOnesExpireAndCanBeRecovered) {
  if (Variable(HereEnvironment(), "AWS_ENDPOINT_URL").empty()) GTEST_SKIP() << "DynamoDB Local has no backups";
  const FreshTables fresh;
  const Tables tables(fresh.prefix());
  DynamoDb db(Here().client());
  Must(GuardTables(db, tables));
  Must(GuardTables(db, tables));
  for (const std::string* name : {&tables.keys, &tables.routes, &tables.people}) {
    const json::object said = Must(db.Call("DescribeTimeToLive", {{"TableName", *name}}));
    EXPECT_EQ(said.at("TimeToLiveDescription").at("TimeToLiveStatus").as_string(), "ENABLED");
    EXPECT_EQ(said.at("TimeToLiveDescription").at("AttributeName").as_string(), kTimeToLive);
  }
  for (const json::value& table : TableDefinitions(tables)) {
    const json::object said = Must(db.Call("DescribeContinuousBackups", {{"TableName", table.at("TableName")}}));
    EXPECT_EQ(json::value(said)
                  .at("ContinuousBackupsDescription")
                  .at("PointInTimeRecoveryDescription")
                  .at("PointInTimeRecoveryStatus")
                  .as_string(),
              "ENABLED");
  }
}

}  // namespace
}  // namespace tr::aws
