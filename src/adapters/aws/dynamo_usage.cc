#include <algorithm>

#include "aws/dynamo_ports.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr std::string_view kMonths = "U#";
constexpr int kPage = 1000;

Key MonthKey(const std::string& month) { return {std::string(kMonths) + KeyText(month), "-"}; }

}  // namespace

Result<store::Used> DynamoUsage::OfMonth(const std::string& month) {
  TR_ASSIGN(const std::optional<Item> item, parts_.db.Get(parts_.tables.routes, MonthKey(month)));
  if (!item) return store::Used{};
  return store::Used{NumberOf(*item, "calls"), NumberOf(*item, "input_tokens"), NumberOf(*item, "output_tokens"),
                     NumberOf(*item, "cost_micros")};
}

Result<std::vector<std::string>> DynamoUsage::Months() {
  std::vector<std::string> months;
  std::string cursor;
  do {
    TR_ASSIGN(const DynamoDb::Page page, parts_.db.Scan(parts_.tables.routes, kMonths, cursor, kPage));
    for (const Item& item : page.items) months.emplace_back(TextOf(item, "pk").substr(kMonths.size()));
    cursor = page.next;
  } while (!cursor.empty());
  std::ranges::sort(months);
  return months;
}

// One item a month, two additions a model call: they wait for each other, and are far fewer than an account may make
// calls of a model.
Result<void> DynamoUsage::Add(const std::string& month, const store::Used& used,
                              std::optional<std::int64_t> limit_micros) {
  json::object values{{":c", NumberValue(used.calls)},
                      {":i", NumberValue(used.input_tokens)},
                      {":o", NumberValue(used.output_tokens)},
                      {":m", NumberValue(used.cost_micros)}};
  json::object update{{"TableName", parts_.tables.routes},
                      {"Key", MonthKey(month).ToItem()},
                      {"UpdateExpression", "ADD calls :c, input_tokens :i, output_tokens :o, cost_micros :m"}};
  if (limit_micros) {
    const std::int64_t most = *limit_micros - used.cost_micros;
    // Nothing used yet counts as zero.
    update["ConditionExpression"] = most >= 0 ? "attribute_not_exists(cost_micros) OR cost_micros <= :most"
                                              : "attribute_exists(cost_micros) AND cost_micros <= :most";
    values[":most"] = NumberValue(most);
  }
  update["ExpressionAttributeValues"] = std::move(values);
  return parts_.db.DoOnce({"Update", std::move(update)});
}

}  // namespace tr::aws
