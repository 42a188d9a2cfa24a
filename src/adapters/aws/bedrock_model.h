#pragma once
// Bedrock's Converse (botocore, data/bedrock-runtime/2023-09-30/service-2.json), with the tool forced.

#include <memory>
#include <string>

#include "aws/aws_client.h"
#include "read/model.h"

namespace tr::aws {

// Claude Haiku 4.5 by the Global inference profile, which costs a tenth less than a region's own.
inline constexpr const char* kBedrockModel = "global.anthropic.claude-haiku-4-5-20251001-v1:0";

class BedrockModel final : public read::Model {
 public:
  // `model`: a model's id, an inference profile's, or its ARN. `account` as AwsClient. kInvalid: as AwsClient::Make.
  static Result<std::unique_ptr<BedrockModel>> Make(std::string model, const Account& account);

  // maxTokens is always set: Bedrock reserves it against the quota, and 64,000 where it is absent. Faults: FaultOf,
  // those of credentials, and where not a byte was sent.
  Result<read::ModelAnswer> Ask(const read::ModelRequest& request, const Call& call) override;
  std::string_view name() const override { return "bedrock"; }
  // As Anthropic's own (313 to 346 for a forced tool).
  std::int64_t hidden_tokens() const override { return 346; }

 private:
  BedrockModel(std::string model, const Account& account, std::unique_ptr<AwsClient> client)
      : model_(std::move(model)), clock_(account.clock), client_(std::move(client)) {}

  const std::string model_;
  const Clock& clock_;
  const std::unique_ptr<AwsClient> client_;
};

}  // namespace tr::aws
