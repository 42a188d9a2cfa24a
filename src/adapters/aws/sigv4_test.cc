#include "aws/sigv4.h"

#include <gtest/gtest.h>

#include "base/hash.h"

namespace tr::aws {
namespace {

constexpr std::string_view kKey = "AKIDEXAMPLE";
constexpr std::string_view kToken = "FQoGZXIvYXdzEXAMPLE/token+with/slashes==";
constexpr std::string_view kJson10 = "application/x-amz-json-1.0";

Credentials ExampleKeys(std::string_view token) {
  return {std::string(kKey), Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), Secret(std::string(token)), {}};
}

const SigningScope kS3{"ap-southeast-1", "s3", PathRule::kAsSent, PayloadRule::kHashHeader};

SigningScope Plain(std::string service) { return {"ap-southeast-1", std::move(service), {}, {}}; }

struct Golden {
  const char* name;
  SigningScope scope;
  std::string method, host, target;
  net::Headers headers;
  std::string body;
  std::string_view token;
  std::string canonical_sha256, signature;
};

// Made with botocore 1.29.27 (an independent signer) for calls of the shapes that this program makes.
const Golden kGolden[] = {
    {"converse",
     Plain("bedrock"),
     "POST",
     "bedrock-runtime",
     "/model/global.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse",
     {{"Content-Type", "application/json"}},
     R"({"messages":[{"role":"user","content":[{"text":"hi"}]}]})",
     kToken,
     "9929db6b32752ad32d14d0440065d2f9027444f15af4a38fe1784bd2a341988a",
     "a54cc0b8ba158be40881f49757e8d404a2719569aa1925069b797c849d3e6ea2"},
    {"put item",
     Plain("dynamodb"),
     "POST",
     "dynamodb",
     "/",
     {{"Content-Type", std::string(kJson10)}, {"X-Amz-Target", "DynamoDB_20120810.PutItem"}},
     R"({"TableName":"tr-tickets","Item":{"ticket_id":{"S":"T1"}}})",
     kToken,
     "f242ed51bddd3dc50ca6e7bc0b3ff8f451cc66f31ad762cd590313d17f4c8597",
     "587710be3ab52bd0844bb656b744c45ea61bd339b9941b221a1724a084012768"},
    {"send message",
     Plain("sqs"),
     "POST",
     "sqs",
     "/",
     {{"Content-Type", std::string(kJson10)}, {"X-Amz-Target", "AmazonSQS.SendMessage"}},
     R"({"QueueUrl":"https://sqs.ap-southeast-1.amazonaws.com/123456789012/tr-intake","MessageBody":"x"})",
     kToken,
     "4928d12821500d5fe2097a6d72d1dc19388922a259adc15d5147da13987ad800",
     "de90256cc793dde2ec93d91f72267af06322874c6d616536c5b1f92f2cee60c0"},
    {"send mail",
     Plain("ses"),
     "POST",
     "email",
     "/v2/email/outbound-emails",
     {{"Content-Type", "application/json"}},
     R"({"Content":{}})",
     "",
     "cd52d6651655bbfa6fa38d9abf9eae1ffd33d7489ae59ce4d9f78e415b55ce9d",
     "a53a04504638308bb98fd0e626f60d8f7b8eb58e64368b56458f175be5a56a52"},
    {"get secret",
     Plain("secretsmanager"),
     "POST",
     "secretsmanager",
     "/",
     {{"Content-Type", "application/x-amz-json-1.1"}, {"X-Amz-Target", "secretsmanager.GetSecretValue"}},
     R"({"SecretId":"tr/app"})",
     kToken,
     "34e9a8cbefa088d4f59b974f08bef0751cafb89d8af29acd6844d0bd4d69550e",
     "9b380989894dbefd3faaaa6919136834510c852a6511790b617f9c6b10065bae"},
    {"get object",
     kS3,
     "GET",
     "tr-data.s3",
     "/rules/a%20b%2Bc/%E2%82%AC.json?versionId=abc%2Fdef",
     {},
     "",
     kToken,
     "06e8e6bed22276f8e62a9e5f981fa5bfa3537d4279ae1e34de4da0f886b3bb64",
     "b81aa3552a5224207c53a79846b4bfb7497a6406ed50f25f3825de6b6777f6f8"},
    {"list objects",
     kS3,
     "GET",
     "tr-data.s3",
     "/?prefix=emails%2F&list-type=2&continuation-token=",
     {},
     "",
     kToken,
     "6f7602bbf3a8299404e1b6930feec05bfb4200f4ac0b8906ade9b74b16bf9000",
     "b0fe49317a58d81c58b63cc1bc65df9ece6a4def27757c3d67eef4505c95ac94"},
    {"put object",
     kS3,
     "PUT",
     "tr-data.s3",
     "/rules/current.json",
     {{"Content-Type", "application/json"}, {"If-None-Match", "*"}},
     R"({"v":1})",
     kToken,
     "8a1bce3dcd968a49cc7df3ec16f3ba7357242a7bdeec4d4bda8f11abdf01848a",
     "e729ee5aaff53036ebc9ea6482df80cc1687e7d1e8bf194f28d05fa19004085c"},
};

TEST(SigV4, SignsOurCallsAsBotocoreDoes) {
  const Time now = *ParseTime("2026-06-01T12:00:00Z");
  for (const Golden& golden : kGolden) {
    net::Headers headers = golden.headers;
    headers.Add("Host", golden.host + ".ap-southeast-1.amazonaws.com");
    const UnsignedRequest request{golden.method, golden.target, headers, golden.body};
    const Signature signature = Sign(request, ExampleKeys(golden.token), golden.scope, now);
    EXPECT_EQ(ToHex(Sha256(signature.canonical_request)), golden.canonical_sha256) << golden.name << "\n"
                                                                                   << signature.canonical_request;
    EXPECT_EQ(signature.hex, golden.signature) << golden.name;
  }
}

std::string CanonicalLine(std::string_view target, const SigningScope& scope, std::size_t line) {
  const net::Headers headers{{"Host", "h"}};
  std::string text = Sign({"GET", target, headers, ""}, ExampleKeys(""), scope, Time{}).canonical_request;
  for (; line > 0; --line) text.erase(0, text.find('\n') + 1);
  return text.substr(0, text.find('\n'));
}

TEST(SigV4, PathsByTheirServicesRule) {
  struct Row {
    const char *target, *normalised, *as_sent;
  };
  for (const Row& row :
       {Row{"/a/../b//c/", "/b/c/", "/a/../b//c/"}, Row{"/../..", "/", "/../.."}, Row{"/a%3A0", "/a%253A0", "/a%3A0"},
        Row{"/a:0 b", "/a%3A0%20b", "/a%3A0%20b"}, Row{"/./?x", "/", "/./"}, Row{"", "/", ""}}) {
    EXPECT_EQ(CanonicalLine(row.target, Plain("service"), 1), row.normalised);
    EXPECT_EQ(CanonicalLine(row.target, kS3, 1), row.as_sent);
  }
}

TEST(SigV4, QueriesAreSortedByWhatTheyEncodeTo) {
  struct Row {
    const char *query, *canonical;
  };
  for (const Row& row : {Row{"/?versions&prefix=a/b", "prefix=a%2Fb&versions="}, Row{"/?b=2&a=2&a=1", "a=1&a=2&b=2"},
                         Row{"/?a-=1&a=1", "a=1&a-=1"}, Row{"/?x=%2f%7e+ %", "x=%252f%257e%2B%20%25"},
                         Row{"/?x=%2f%7e+", "x=%2F~%2B"}, Row{"/?", ""}, Row{"/?&&a=b=c", "a=b%3Dc"}}) {
    EXPECT_EQ(CanonicalLine(row.query, kS3, 2), row.canonical);
  }
}

TEST(SigV4, LeavesOutWhatAProxyMayChangeAndSaysWhatItSigned) {
  const net::Headers headers{
      {"User-Agent", "x"}, {"Host", " h "}, {"X-Amzn-Trace-Id", "Root=1"}, {"If-Match", "\"e\""}, {"Expect", ""}};
  SigningScope scope = kS3;
  scope.payload = PayloadRule::kUnsigned;
  const Signature signature = Sign({"PUT", "/k", headers, "body"}, ExampleKeys("tok"), scope, Time{});
  EXPECT_NE(signature.headers.Get("Authorization")
                .find("SignedHeaders=host;if-match;x-amz-content-sha256;x-amz-date;x-amz-security-token, "),
            std::string::npos);
  EXPECT_EQ(signature.headers.Get("X-Amz-Content-Sha256"), "UNSIGNED-PAYLOAD");
  EXPECT_TRUE(signature.canonical_request.ends_with("\nUNSIGNED-PAYLOAD"));
  EXPECT_EQ(signature.headers.Get("X-Amz-Date"), "19700101T000000Z");
  EXPECT_EQ(signature.headers.Get("X-Amz-Security-Token"), "tok");
}

}  // namespace
}  // namespace tr::aws
