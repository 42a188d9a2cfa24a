#pragma once
// The emulator that on_moto.py has started and named in the environment.

#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "aws/aws_client.h"
#include "aws/credentials.h"
#include "contract/store_contract.h"
#include "net/http_client.h"

namespace tr::contract {

inline aws::Environment ReadEnvironment() {
  aws::Environment environment;
  for (char** line = environ; *line != nullptr; ++line) {
    const std::string text = *line;
    environment.emplace(text.substr(0, text.find('=')), text.substr(text.find('=') + 1));
  }
  return environment;
}

// An AWS of its own for every test: names that no other test has, and the test's clock.
class Moto {
 public:
  explicit Moto(const Clock& clock)
      : credentials_(environment_, clock),
        account_{Must(aws::RegionOf(environment_)), environment_, credentials_, clock, tally_},
        sqs(Must(aws::AwsClient::Make(aws::kSqs, account_))),
        s3(Must(aws::AwsClient::Make(aws::kS3, account_))),
        ses(Must(aws::AwsClient::Make(aws::kSes, account_))),
        secrets(Must(aws::AwsClient::Make(aws::kSecretsManager, account_))),
        dynamo(Must(aws::AwsClient::Make(aws::kDynamoDb, account_))) {
    static int count = 0;
    name_ = "test-" + std::to_string(::getpid()) + "-" + std::to_string(++count);
  }

  std::string MakeQueue(const std::string& suffix) {
    const auto made = Must(sqs->Call("CreateQueue", {{"QueueName", name_ + suffix}}));
    return std::string(made.at("QueueUrl").as_string());
  }

  std::string MakeBucket(const std::string& suffix = "") {
    const std::string bucket = name_ + suffix;
    Put("/" + bucket,
        "<CreateBucketConfiguration><LocationConstraint>ap-southeast-1</LocationConstraint></"
        "CreateBucketConfiguration>");
    Put("/" + bucket + "?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    return bucket;
  }

  void SetClock(Time now, bool fresh) {
    Control("PUT", "clock",
            "{\"millis\":" + std::to_string(ToMillis(now)) + ",\"fresh\":" + (fresh ? "true}" : "false}"));
  }

  // The nth call from now fails. `kind`: "before" anything was done, "after" it was (only the answer is lost), or
  // "throttled".
  void FailNth(int nth, const std::string& kind) {
    Control("PUT", "fail", "{\"nth\":" + std::to_string(nth) + R"(,"kind":")" + kind + "\"}");
  }
  // Whether that call has come.
  bool HasFailed() { return Control("GET", "failed", "") == "true"; }

  // So many of a hundred calls of DynamoDB are refused from now on.
  void Throttle(int share) { Control("PUT", "throttle", "{\"share\":" + std::to_string(share) + "}"); }

  // Nobody may do anything in this bucket; "": there is none.
  void Forbid(const std::string& bucket) { Control("PUT", "forbid", R"({"bucket":")" + bucket + "\"}"); }

  // Nothing fails and nothing counts towards the nth while this is so: a test looks at what came of it.
  void HoldFaults(bool held) { Control("PUT", "hold", std::string("{\"held\":") + (held ? "true}" : "false}")); }

  // How often each operation was called, as a JSON object; what bears kByTest is not counted and never fails.
  std::string Calls() { return Control("GET", "calls", ""); }
  static constexpr std::string_view kByTest = "X-Tr-Test";

  // The mails that were sent to SES, by all tests: [{"to":[…],"raw":"…"}].
  std::string Mails() { return Control("GET", "mails", ""); }

  const std::string& name() const { return name_; }
  const aws::CallTally& tally() const { return tally_; }

 private:
  std::string Control(const std::string& method, const std::string& what, std::string body) {
    net::ClientRequest request;
    request.method = method;
    request.url = std::string(aws::Variable(environment_, "AWS_ENDPOINT_URL")) + "/tr-test/" + what;
    request.body = std::move(body);
    net::HttpResponse response = Must(net::HttpClient().Send(request));
    EXPECT_EQ(response.status, 200);
    return response.body;
  }
  void Put(const std::string& target, const std::string& body) {
    aws::AwsRequest request;
    request.operation = "Put";
    request.method = "PUT";
    request.target = target;
    request.body = body;
    EXPECT_EQ(Must(s3->Send(request)).error, "");
  }

  const aws::Environment environment_ = ReadEnvironment();
  aws::CredentialChain credentials_;
  aws::CallTally tally_;
  const aws::Account account_;
  std::string name_;

 public:
  const std::unique_ptr<aws::AwsClient> sqs;
  const std::unique_ptr<aws::AwsClient> s3;
  const std::unique_ptr<aws::AwsClient> ses;
  const std::unique_ptr<aws::AwsClient> secrets;
  const std::unique_ptr<aws::AwsClient> dynamo;
};

}  // namespace tr::contract
