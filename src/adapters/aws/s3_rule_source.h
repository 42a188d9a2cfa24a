#pragma once
// The manager's pieces in a bucket, as one object: where they are laid by hand or by a mirror of another place.

#include <mutex>
#include <optional>
#include <string>

#include "aws/s3_bucket.h"
#include "rules/shelf.h"

namespace tr::aws {

class S3RuleSource final : public rules::RuleSource {
 public:
  // `s3` outlives it.
  S3RuleSource(AwsClient& s3, std::string bucket, std::string key = "pieces.json")
      : bucket_(s3, std::move(bucket)), key_(std::move(key)) {}

  // One call, without the pieces where they have not changed. Thread-safe. kNotFound: no object, or a piece is missing
  // in it; kInvalid: it is no JSON object.
  Result<rules::RuleFiles> Load() override;

  // Lays the pieces there, whole. kInvalid: a piece is not UTF-8.
  Result<void> Write(const rules::RuleFiles& files);

 private:
  S3Bucket bucket_;
  const std::string key_;
  std::mutex mutex_;
  std::optional<S3Object> seen_;
};

}  // namespace tr::aws
