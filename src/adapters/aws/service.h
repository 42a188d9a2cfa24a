#pragma once
// The services of AWS that this program calls, and where each is.

#include <string>
#include <string_view>

#include "aws/environment.h"
#include "aws/sigv4.h"
#include "base/result.h"

namespace tr::aws {

// One row of the services' models (botocore, data/*/service-2.json).
struct Service {
  std::string_view name;          // in faults and tallies
  std::string_view host;          // HOST.REGION.amazonaws.com
  std::string_view signing_name;  // in the signature's scope
  std::string_view variable;      // AWS_ENDPOINT_URL_VARIABLE
  std::string_view content_type;
  std::string_view target;  // X-Amz-Target begins with it; "": the service goes by paths
  PathRule path = PathRule::kNormalised;
  PayloadRule payload = PayloadRule::kHash;
};

inline constexpr std::string_view kJson10 = "application/x-amz-json-1.0";
inline constexpr std::string_view kJson11 = "application/x-amz-json-1.1";
inline constexpr Service kDynamoDb{"dynamodb", "dynamodb", "dynamodb", "DYNAMODB", kJson10, "DynamoDB_20120810"};
inline constexpr Service kSqs{"sqs", "sqs", "sqs", "SQS", kJson10, "AmazonSQS"};
inline constexpr Service kSecretsManager{"secretsmanager",  "secretsmanager", "secretsmanager",
                                         "SECRETS_MANAGER", kJson11,          "secretsmanager"};
inline constexpr Service kSes{"ses", "email", "ses", "SESV2", "application/json", ""};
inline constexpr Service kBedrock{"bedrock", "bedrock-runtime", "bedrock", "BEDROCK_RUNTIME", "application/json", ""};
inline constexpr Service kS3{
    "s3", "s3", "s3", "S3", "application/octet-stream", "", PathRule::kAsSent, PayloadRule::kHashHeader};

// Where requests go: the URL's parts up to the path that a request brings.
struct Endpoint {
  std::string origin;   // "https://sqs.ap-southeast-1.amazonaws.com", no slash at the end
  std::string host;     // as the Host header says it: with a port only where it is not the scheme's own
  std::string path;     // what stands before every request's path: "", "/proxy"
  bool custom = false;  // AWS_ENDPOINT_URL…: an emulator, a proxy, a private endpoint
};

// AWS_ENDPOINT_URL_<SERVICE>, then AWS_ENDPOINT_URL, then the region's own. kInvalid: a URL that is none; says which
// variable.
Result<Endpoint> EndpointOf(const Service& service, std::string_view region, const Environment& environment);

// The same host one level down, where S3 keeps a bucket: "bucket.s3.REGION.amazonaws.com". REQUIRES: not custom.
Endpoint Below(const Endpoint& endpoint, std::string_view label);

// AWS_REGION, AWS_DEFAULT_REGION, or the profile's. kInvalid: none of them is set.
Result<std::string> RegionOf(const Environment& environment);

}  // namespace tr::aws
