#include "way/installation.h"

#include <set>

#include "aws/dynamo_tables.h"
#include "aws/json_fields.h"
#include "aws/s3_rule_source.h"
#include "net/http_encoding.h"

namespace tr::way {
namespace {

namespace json = boost::json;
using contract::Moto;
using contract::Must;

// Six times the function's time: nobody else gets what a function has.
constexpr int kVisibility = 360;

}  // namespace

Installation::Installation(const Clock& clock, const rules::RuleFiles& rules)
    : moto_(clock),
      clock_(clock),
      queue_(moto_.MakeQueue("-intake")),
      dead_letters_(moto_.MakeQueue("-dead")),
      mail_bucket_(moto_.MakeBucket()),
      rules_bucket_(moto_.MakeBucket("-rules")) {
  moto_.SetClock(clock.Now(), true);
  MakeTables();
  MakeSecret();
  MakeSender();
  LayRules(rules);
}

void Installation::LayRules(const rules::RuleFiles& rules) {
  Must(aws::S3RuleSource(*moto_.s3, rules_bucket_).Write(rules));
}

void Installation::MakeTables() {
  aws::DynamoDb db(*moto_.dynamo);
  Must(aws::CreateTables(db, aws::Tables(moto_.name() + "-")));
}

void Installation::MakeSecret() {
  const json::object members{{"form_key", std::string(64, 'f')},  {"link_key", std::string(64, 'l')},
                             {"form_secret", kFormSecret},        {"slack_token", "xoxb-for-tests"},
                             {"slack_signing_secret", "signing"}, {"chat_widget", kChatSecret}};
  Must(moto_.secrets->Call("CreateSecret", {{"Name", moto_.name()}, {"SecretString", json::serialize(members)}}));
}

void Installation::MakeSender() {
  aws::AwsRequest request;
  request.operation = "CreateEmailIdentity";
  request.target = "/v2/email/identities";
  request.body = json::serialize(json::object{{"EmailIdentity", moto_.name() + "@shop.example"}});
  Must(moto_.ses->Send(request));
}

std::string Installation::settings() const {
  return "\n[aws]\ntables = \"" + moto_.name() + "-\"\nqueue = \"" + queue_ + "\"\ndead_letters = \"" + dead_letters_ +
         "\"\nmail_bucket = \"" + mail_bucket_ + "\"\nrules_bucket = \"" + rules_bucket_ + "\"\nsecret = \"" +
         moto_.name() + "\"\n";
}

std::string Installation::LayMail(const std::string& name, const std::string& raw) {
  const std::string key = "mail/" + name;
  aws::AwsRequest request;
  request.operation = "PutObject";
  request.method = "PUT";
  request.target = "/" + mail_bucket_ + "/" + net::PercentEncode(key);
  request.headers.Set(Moto::kByTest, "ses");
  request.body = raw;
  EXPECT_EQ(Must(moto_.s3->Send(request)).error, "");
  const json::object s3{{"bucket", json::object{{"name", mail_bucket_}}},
                        {"object", json::object{{"key", net::PercentEncode(key)}, {"size", raw.size()}}}};
  const json::object record{{"eventSource", "aws:s3"}, {"eventName", "ObjectCreated:Put"}, {"s3", s3}};
  return json::serialize(json::object{{"Records", json::array{record}}});
}

json::object Installation::Sqs(const std::string& operation, const json::object& body) {
  aws::AwsRequest request;
  request.operation = operation;
  request.headers.Set("X-Amz-Target", "AmazonSQS." + operation);
  request.headers.Set(Moto::kByTest, "lambda");
  request.body = json::serialize(body);
  const aws::AwsAnswer answer = Must(moto_.sqs->Send(request));
  EXPECT_EQ(answer.error, "");
  return json::parse(answer.http.body).as_object();
}

Installation::Received Installation::Receive() {
  moto_.SetClock(clock_.Now(), false);
  const json::object answer =
      Sqs("ReceiveMessage", {{"QueueUrl", queue_},
                             {"MaxNumberOfMessages", 10},
                             {"VisibilityTimeout", kVisibility},
                             {"AttributeNames", json::array{"ApproximateReceiveCount", "SentTimestamp"}}});
  Received received;
  for (const json::value& message : aws::ArrayAt(answer, "Messages")) {
    received.records.push_back(json::object{{"messageId", message.at("MessageId")},
                                            {"receiptHandle", message.at("ReceiptHandle")},
                                            {"body", message.at("Body")},
                                            {"attributes", message.at("Attributes")},
                                            {"eventSource", "aws:sqs"}});
  }
  if (!received.records.empty()) received.event = json::serialize(json::object{{"Records", received.records}});
  return received;
}

void Installation::Settle(const Received& received, const Result<std::string>& answer) {
  if (!answer) return;
  std::set<std::string> failed;
  const json::value parsed = json::parse(*answer);
  for (const json::value& one : parsed.at("batchItemFailures").as_array()) {
    failed.emplace(one.at("itemIdentifier").as_string());
  }
  for (const json::value& record : received.records) {
    const bool known = failed.erase(std::string(record.at("messageId").as_string())) > 0;
    if (!known) Sqs("DeleteMessage", {{"QueueUrl", queue_}, {"ReceiptHandle", record.at("receiptHandle")}});
  }
  EXPECT_TRUE(failed.empty()) << "a function names messages that it was not given: all would come again";
}

int Installation::Waiting() {
  const json::array names{"ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"};
  const json::object answer = Sqs("GetQueueAttributes", {{"QueueUrl", queue_}, {"AttributeNames", names}});
  int waiting = 0;
  for (const json::value& name : names) {
    waiting += std::stoi(std::string(answer.at("Attributes").at(name.as_string()).as_string()));
  }
  return waiting;
}

std::map<std::string, int> Installation::Calls() {
  std::map<std::string, int> calls;
  const json::value counted = json::parse(moto_.Calls());
  for (const auto& [name, count] : counted.as_object()) calls[std::string(name)] = count.to_number<int>();
  return calls;
}

}  // namespace tr::way
